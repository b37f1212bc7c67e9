import type { Step } from '../../model/plan.ts';
import { put } from '../draft.ts';
import { matches } from '../globs.ts';
import { cleanPath, pathProblem } from '../paths.ts';
import { knownPaths, mentions } from '../references.ts';
import { textOf, withText } from '../text.ts';
import { type StepContext, type StepOutcome, stopped } from './step.ts';

/**
 * Replaces the mentions of a path in every text file, or in those of `in` that are not of `except`. Binary files and
 * symbolic links are never touched. That nothing is mentioned is no fault, but a note.
 */
export function rewriteStep(step: Extract<Step, { step: 'rewrite-references' }>, context: StepContext): StepOutcome {
  const { draft, given, index } = context;
  const [from, to] = [cleanPath(step.from), cleanPath(step.to)];
  const bad = pathProblem(from) ?? pathProblem(to);
  if (bad !== undefined) return stopped('fault', bad);
  const known = knownPaths(new Map([...given, ...draft.files]));
  const changed: string[] = [];
  let count = 0;
  for (const [path, file] of [...draft.files]) {
    if (step.in !== undefined && !step.in.some((pattern) => matches(pattern, path))) continue;
    if (step.except?.some((pattern) => matches(pattern, path)) === true) continue;
    if (
      file.mode === '120000' ||
      !Buffer.from(file.bytes.buffer, file.bytes.byteOffset, file.bytes.length).includes(from)
    )
      continue;
    const before = textOf(file);
    if (before === undefined) continue;
    const rewritten = rewrite(before.text, from, to, (one) => known.has(one));
    if (rewritten.count === 0) continue;
    count += rewritten.count;
    put(draft, withText(file, before, rewritten.text), index);
    changed.push(path);
  }
  return {
    changed,
    problems: [],
    note: count === 0 ? 'nothing mentions it' : `${count} ${count === 1 ? 'mention' : 'mentions'}`,
  };
}

function rewrite(
  text: string,
  from: string,
  to: string,
  exists: (path: string) => boolean,
): { readonly text: string; readonly count: number } {
  let result = '';
  let end = 0;
  let count = 0;
  for (const mention of mentions(text, from, exists)) {
    // Where the new path contains the old one, what was rewritten before would match again.
    const inside = to.indexOf(from);
    if (inside !== -1 && text.startsWith(to, mention.start - inside)) continue;
    if (mention.start < end) continue;
    result += text.slice(end, mention.start) + to;
    end = mention.end;
    count += 1;
  }
  return { text: result + text.slice(end), count };
}
