import type { TextEdit } from '../../model/plan.ts';
import { lineEndOf } from '../text.ts';
import type { EditedText, EditProblem } from './edit.ts';

/**
 * Makes text edits one after the other. `from` and `until` are whole lines, exactly; `from` has to be there once. What
 * an edit would write may be there already (with `until` behind it, or at the end of the file): then it was made before.
 */
export function editLines(
  path: string,
  before: string,
  edits: readonly TextEdit[],
  replacement: (edit: TextEdit) => string,
): EditedText {
  const lineEnd = lineEndOf(before);
  const made: number[] = [];
  const done: number[] = [];
  const problems: EditProblem[] = [];
  let lines = split(before);
  for (const [index, edit] of edits.entries()) {
    const written = split(replacement(edit)).map((line) => line.replace(/\r?\n$|(?<!\n)$/, lineEnd));
    const outcome = editOnce(lines, edit, written);
    if (outcome === 'done') done.push(index);
    else if ('problem' in outcome) {
      const place = outcome.line === undefined ? path : `${path}:${outcome.line}`;
      problems.push({ edit: index, message: `${place}: ${outcome.problem}`, ...(outcome.gone ? { gone: true } : {}) });
    } else {
      made.push(index);
      lines = outcome.lines;
    }
  }
  return { text: lines.join(''), made, done, problems };
}

type Outcome =
  | 'done'
  | { readonly lines: string[] }
  | { readonly problem: string; readonly line?: number; readonly gone?: boolean };

function editOnce(lines: readonly string[], edit: TextEdit, written: readonly string[]): Outcome {
  const starts = lines.flatMap((line, at) => (bare(line) === edit.from ? [at] : []));
  const [start, second] = starts;
  // That lines are gone is seen only from their not being there, which a mistyped line is not either.
  const there: Outcome = written.length > 0 ? 'done' : { problem: `no line equals "${edit.from}"`, gone: true };
  if (start === undefined) return isThere(lines, edit, written) ? there : { problem: `no line equals "${edit.from}"` };
  if (second !== undefined)
    return { problem: `the line "${edit.from}" stands here and at ${second + 1}: which is meant?`, line: start + 1 };
  const stop =
    edit.until === undefined ? lines.length : lines.findIndex((line, at) => at > start && bare(line) === edit.until);
  if (stop === -1) return { problem: `no line behind this one equals "${edit.until}"`, line: start + 1 };
  // What was written may begin before its first line that equals `from`.
  const begin = stop - written.length;
  if (begin <= start && sameLines(lines.slice(Math.max(begin, 0), stop), written)) return there;
  return { lines: [...lines.slice(0, start), ...written, ...lines.slice(stop)] };
}

/** Whether the written lines stand in the file, followed by what has to follow them. */
function isThere(lines: readonly string[], edit: TextEdit, written: readonly string[]): boolean {
  if (written.length === 0) return edit.until !== undefined && lines.some((line) => bare(line) === edit.until);
  return lines.some((_, at) => {
    const next = lines[at + written.length];
    const followed = edit.until === undefined ? next === undefined : next !== undefined && bare(next) === edit.until;
    return followed && sameLines(lines.slice(at, at + written.length), written);
  });
}

function sameLines(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((line, index) => bare(line) === bare(b[index] ?? ''));
}

function split(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

function bare(line: string): string {
  return line.replace(/\r?\n$/, '');
}
