import type { Documents, Format } from './documents.ts';
import { formatOf } from './documents.ts';
import type { Problem } from './source.ts';
import type { Mapping } from './values.ts';
import { isMapping } from './values.ts';

/** How the faults of a file are named. */
export interface FaultRules {
  readonly unparsable?: string;
  /** Duplicate keys are an error of parsing unless they have a rule (and then are a warning). */
  readonly duplicate?: string;
}

/**
 * A file's root mapping, its faults reported: `repo/binary-configuration`, `repo/unparsable-yaml`,
 * `repo/unparsable-json`, `repo/unexpected-shape`. Undefined where there is no mapping to read; an empty file is an empty one.
 */
export function openMapping(
  documents: Documents,
  path: string,
  rules: FaultRules = {},
  format: Format = formatOf(path),
): Mapping | undefined {
  const value = openValue(documents, path, rules, format);
  if (value === undefined || isMapping(value)) return value;
  if (value === null) return {};
  const kind = Array.isArray(value) ? 'a list' : 'a single value';
  documents.report({
    rule: 'repo/unexpected-shape',
    at: { file: path, pointer: [] },
    message: `"${path}" holds ${kind} where a mapping is read, so whoever reads it refuses it`,
  });
  return undefined;
}

/** A file's root value, its faults reported; undefined where the file is absent or does not parse. */
export function openValue(
  documents: Documents,
  path: string,
  rules: FaultRules = {},
  format: Format = formatOf(path),
): unknown {
  const file = documents.tree.files.get(path);
  const source = documents.open(path, format);
  // A symbolic link that leads out of the tree is not there for us, and no fault.
  if (source === undefined && file?.mode === '120000') return undefined;
  if (file === undefined) return undefined;
  if (source === undefined) {
    documents.report({
      rule: 'repo/binary-configuration',
      at: { file: path },
      message: `"${path}" is not UTF-8 text, so it cannot be read as configuration`,
    });
    return undefined;
  }
  const [syntax] = source.problems.filter((problem) => problem.kind === 'syntax');
  const first = syntax ?? (rules.duplicate === undefined ? source.problems[0] : undefined);
  if (first !== undefined) {
    documents.report({
      rule: rules.unparsable ?? `repo/unparsable-${format}`,
      at: { file: path, span: first.span },
      message: `"${path}" does not parse: ${first.message}`,
      ...(first.hint === undefined ? {} : { hint: first.hint }),
      facts: { parser: first.message },
    });
    if (syntax !== undefined) return undefined;
  } else if (rules.duplicate !== undefined) {
    reportDuplicates(documents, path, rules.duplicate, source.problems);
  }
  return source.value;
}

/** One finding for all keys that a file holds twice: at the first, the others related. */
function reportDuplicates(documents: Documents, path: string, rule: string, problems: readonly Problem[]): void {
  const [first, ...others] = problems;
  if (first === undefined) return;
  const more = others.length === 0 ? '' : `, and so are ${others.length} more`;
  documents.report({
    rule,
    at: { file: path, span: first.span },
    message: `"${path}": ${first.message}${more}, so only the last ${others.length === 0 ? 'one counts' : 'of each counts'}`,
    severity: 'warning',
    related: others.map(({ span, message }) => ({ at: { file: path, span }, note: message })),
    facts: { parser: first.message, keys: problems.length },
  });
}
