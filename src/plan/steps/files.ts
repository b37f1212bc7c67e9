import type { Step } from '../../model/plan.ts';
import type { TreeFile } from '../../model/tree.ts';
import { type Draft, follow, pathsAt, put } from '../draft.ts';
import { cleanPath, covers } from '../paths.ts';
import { atPath, sameFile } from '../text.ts';
import { expectationProblem, firstDifference, linkProblem, missingText, nearPath, touchProblem } from './checks.ts';
import { lossProblems } from './losses.ts';
import {
  doneBefore,
  isLeftOut,
  isUnclear,
  leftOut,
  type StepContext,
  type StepOutcome,
  type StepProblem,
  stopped,
} from './step.ts';

type CopyStep = Extract<Step, { step: 'copy' | 'move' }>;

/**
 * Copies or moves a file, or everything below a folder. Done before: the target has the content, or the source is gone
 * and the target is there. Where the step may replace a target, its being there shows nothing: then only a target that
 * fits `expect` tells a step that was carried out from a mistyped source.
 */
export function copyStep(step: CopyStep, context: StepContext): StepOutcome {
  const { draft, index } = context;
  const [from, to] = [cleanPath(step.from), cleanPath(step.to)];
  const bad = touchProblem(draft, from) ?? touchProblem(draft, to);
  if (bad !== undefined) return stopped('fault', bad);
  if (covers(from, to)) return stopped('fault', `"${to}" lies in "${from}" itself`);
  const sources = pathsAt(draft, from);
  if (sources.length === 0) return withoutSource(step, from, to, context);
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
  return changed.length === 0 && problems.length === 0 ? doneBefore() : { changed, problems };
}

function withoutSource(step: CopyStep, from: string, to: string, context: StepContext): StepOutcome {
  const { draft } = context;
  if (isUnclear(context, from)) return { changed: [], problems: [] };
  const there = pathsAt(draft, to).length > 0;
  const spelt = nearPath(draft, from) === undefined;
  const shown =
    step.expect === undefined ? step.replace !== true : expectationProblem(draft, to, step.expect).length === 0;
  if (there && spelt && shown) return doneBefore();
  if (spelt && !there && (step.optional === true || isLeftOut(context, from))) return leftOut(missingText(draft, from));
  return stopped(
    there || context.takenLater(to) ? 'idle' : 'fault',
    missingText(draft, from),
    there && spelt
      ? 'Check the path. If it was moved before, say with "expect" by what its content is known at its target.'
      : 'Check the path; it is taken as it is, letter by letter. If it may be missing, give "optional: true".',
  );
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
    return doneBefore();
  }
  const unexpected = expectationProblem(draft, step.path, step.expect).map(
    (problem): StepProblem => ({
      ...problem,
      ...(before === undefined ? { kind: 'fault' } : { kind: 'other-content', path: step.path }),
    }),
  );
  const problems = [...unexpected, ...contentProblem(draft, file, step.replace)];
  return { changed: put(draft, file, index) ? [step.path] : [], problems };
}

/**
 * Deletes a file, or everything below a folder. Done before: nothing is there, and a step that was carried out before
 * took something from there. What is in a folder and nowhere else has to be named in `losing`.
 */
export function deleteStep(step: Extract<Step, { step: 'delete' }>, context: StepContext): StepOutcome {
  const { draft } = context;
  const path = cleanPath(step.path);
  const bad = touchProblem(draft, path);
  if (bad !== undefined) return stopped('fault', bad);
  const gone = pathsAt(draft, path);
  if (gone.length === 0) return withoutTarget(step, path, context);
  const single = draft.files.has(path);
  if (single && step.path !== path) return stopped('fault', `"${path}" is a file, not a folder`);
  const problems = expectationProblem(draft, path, step.expect);
  if (problems.length > 0) return { changed: [], problems };
  for (const one of gone) draft.files.delete(one);
  return { changed: gone, problems: single ? [] : lossProblems(context, path, step.losing ?? []) };
}

function withoutTarget(step: Extract<Step, { step: 'delete' }>, path: string, context: StepContext): StepOutcome {
  const { draft, given } = context;
  if (isUnclear(context, path)) return { changed: [], problems: [] };
  if ([...given.keys()].some((known) => covers(path, known)))
    return { changed: [], note: 'emptied by the steps before', problems: [] };
  const spelt = nearPath(draft, path) === undefined;
  if (spelt && context.emptied.some((from) => covers(path, from))) return doneBefore();
  if (spelt && (step.optional === true || isLeftOut(context, path))) return leftOut(missingText(draft, path));
  return stopped('idle', missingText(draft, path), 'Check the path. If it may be gone already, give "optional: true".');
}

function contentProblem(draft: Draft, file: TreeFile, replace: boolean | undefined): StepProblem[] {
  const before = draft.files.get(file.path);
  if (before === undefined || replace === true || sameFile(before, file)) return [];
  const message = `"${file.path}" is there already with other content${firstDifference(before, file)}`;
  return [{ kind: 'other-content', message, path: file.path, hint: 'Give "replace: true" if its content may go.' }];
}
