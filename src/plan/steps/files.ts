import type { Step } from '../../model/plan.ts';
import type { TreeFile } from '../../model/tree.ts';
import { type Draft, follow, pathsAt, put } from '../draft.ts';
import { cleanPath, covers } from '../paths.ts';
import { atPath, sameFile } from '../text.ts';
import { expectationProblem, firstDifference, linkProblem, missingText, touchProblem } from './checks.ts';
import { isUnclear, type StepContext, type StepOutcome, type StepProblem, stopped } from './step.ts';

type CopyStep = Extract<Step, { step: 'copy' | 'move' }>;

/**
 * Copies or moves a file, or everything below a folder. Already done: the target has the content (copy), or the source
 * is gone and the target is there (move) or was taken further by a later step.
 */
export function copyStep(step: CopyStep, context: StepContext): StepOutcome {
  const { draft, index } = context;
  const [from, to] = [cleanPath(step.from), cleanPath(step.to)];
  const bad = touchProblem(draft, from) ?? touchProblem(draft, to);
  if (bad !== undefined) return stopped('fault', bad);
  if (covers(from, to)) return stopped('fault', `"${to}" lies in "${from}" itself`);
  const sources = pathsAt(draft, from);
  if (sources.length === 0) {
    if (isUnclear(context, from)) return { changed: [], problems: [] };
    const there = pathsAt(draft, to).length > 0 || context.takenLater(to);
    return stopped(
      there ? 'idle' : 'fault',
      missingText(draft, from),
      'Check the path; it is taken as it is, letter by letter.',
    );
  }
  if (draft.files.has(from) && step.from !== from) return stopped('fault', `"${from}" is a file, not a folder`);
  if (draft.files.has(from) && step.to !== to)
    return stopped('fault', `"${step.to}" is written as a folder: give the file's own name`);
  const problems: StepProblem[] = expectationProblem(draft, from, step.expect);
  if (problems.length > 0) return { changed: [], problems };
  const changed: string[] = [];
  for (const source of sources) {
    const file = draft.files.get(source);
    if (file === undefined) continue;
    const copy = atPath(file, to + source.slice(from.length));
    problems.push(...linkProblem(copy), ...contentProblem(draft, copy, step.replace));
    if (put(draft, copy, index)) changed.push(copy.path);
    follow(draft, source, copy.path);
    if (step.step === 'move' && draft.files.delete(source)) changed.push(source);
  }
  return { changed, problems, ...(changed.length === 0 ? { note: 'already done' } : {}) };
}

/** Creates a file from the plan's `files/`. Already done: it is there with that content. */
export function createStep(step: Extract<Step, { step: 'create' }>, context: StepContext): StepOutcome {
  const { draft, index, planFiles } = context;
  const bad = touchProblem(draft, step.path);
  if (bad !== undefined) return stopped('fault', bad);
  const bytes = planFiles.get(step.file);
  if (bytes === undefined) return stopped('fault', `there is no "files/${step.file}" beside the plan`);
  const file: TreeFile = { path: step.path, mode: step.executable ? '100755' : '100644', bytes };
  const before = draft.files.get(step.path);
  if (before !== undefined && sameFile(before, file)) {
    put(draft, file, index);
    return { changed: [], note: 'already done', problems: [] };
  }
  const unexpected = expectationProblem(draft, step.path, step.expect).map(
    (problem): StepProblem => ({ ...problem, kind: before === undefined ? 'fault' : 'other-content' }),
  );
  const problems = [...unexpected, ...contentProblem(draft, file, step.replace)];
  return { changed: put(draft, file, index) ? [step.path] : [], problems };
}

/** Deletes a file, or everything below a folder. Already done: nothing is there. */
export function deleteStep(step: Extract<Step, { step: 'delete' }>, context: StepContext): StepOutcome {
  const { draft, given } = context;
  const path = cleanPath(step.path);
  const bad = touchProblem(draft, path);
  if (bad !== undefined) return stopped('fault', bad);
  const gone = pathsAt(draft, path);
  if (gone.length === 0) {
    if (isUnclear(context, path)) return { changed: [], problems: [] };
    if ([...given.keys()].some((known) => covers(path, known)))
      return { changed: [], note: 'emptied by the steps before', problems: [] };
    return stopped('idle', missingText(draft, path), 'Check the path, or drop the step.');
  }
  if (draft.files.has(path) && step.path !== path) return stopped('fault', `"${path}" is a file, not a folder`);
  const problems = expectationProblem(draft, path, step.expect);
  if (problems.length > 0) return { changed: [], problems };
  for (const one of gone) draft.files.delete(one);
  return { changed: gone, problems: [] };
}

function contentProblem(draft: Draft, file: TreeFile, replace: boolean | undefined): StepProblem[] {
  const before = draft.files.get(file.path);
  if (before === undefined || replace === true || sameFile(before, file)) return [];
  const message = `"${file.path}" is there already with other content${firstDifference(before, file)}`;
  return [{ kind: 'other-content', message, hint: 'Give "replace: true" if its content may go.' }];
}
