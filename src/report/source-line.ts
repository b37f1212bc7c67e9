import type { Finding } from '../model/finding.ts';

/** The text of a file of the tree, where there is one. */
export type TextOf = (file: string) => string | undefined;

/** The source line of a finding, or undefined where there is none to show. */
export type LineOf = (file: string, line: number) => string | undefined;

/** Reads source lines; a line that a finding calls a secret (`facts.secret`) is never given to anybody. */
export function sourceLines(findings: readonly Finding[], textOf: TextOf): LineOf {
  const hidden = new Set<string>();
  for (const { file, line, endLine, facts } of findings) {
    if (facts['secret'] === undefined) continue;
    for (let at = line; at <= endLine; at += 1) hidden.add(`${file}:${at}`);
  }
  const files = new Map<string, readonly string[]>();
  return (file, line) => {
    if (hidden.has(`${file}:${line}`)) return undefined;
    const lines = files.get(file) ?? (textOf(file) ?? '').split(/\r?\n/);
    files.set(file, lines);
    return lines[line - 1];
  };
}
