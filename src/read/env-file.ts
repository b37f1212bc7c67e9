import type { Span } from './source.ts';

/** One assignment of an env file; the span is the whole assignment. */
export interface EnvEntry {
  readonly value: string;
  readonly span: Span;
}

const assignment =
  /^[ \t]*(?:export[ \t]+)?([A-Za-z_][A-Za-z0-9_.-]*)[ \t]*(?:[=:][ \t]*("(?:[^"\\]|\\.)*"|'[^']*'|[^\r\n]*))?/gms;

/**
 * Reads an env file as compose does (https://docs.docker.com/compose/how-tos/environment-variables/variable-interpolation/#env-file-syntax):
 * later lines may use earlier ones; single quotes are literal. `expand` is given each text that is not.
 */
export function parseEnvFile(
  text: string,
  expand: (text: string, known: ReadonlyMap<string, EnvEntry>) => string = (raw) => raw,
): Map<string, EnvEntry> {
  const entries = new Map<string, EnvEntry>();
  for (const found of text.matchAll(assignment)) {
    const [whole, name, written = ''] = found;
    if (name === undefined) continue;
    const start = found.index + whole.length - whole.trimStart().length;
    entries.set(name, { value: decode(written, entries, expand), span: [start, found.index + whole.trimEnd().length] });
  }
  return entries;
}

function decode(
  written: string,
  known: ReadonlyMap<string, EnvEntry>,
  expand: (text: string, known: ReadonlyMap<string, EnvEntry>) => string,
): string {
  if (written.startsWith("'") && written.endsWith("'") && written.length > 1) return written.slice(1, -1);
  if (written.startsWith('"') && written.endsWith('"') && written.length > 1) {
    const inner = written.slice(1, -1).replace(/\\([nrt"\\$])/g, (_, char: string) => escapes[char] ?? char);
    return expand(inner, known);
  }
  return expand(written.replace(/(^|[ \t])#.*$/, '').trim(), known);
}

const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', $: '$$' };
