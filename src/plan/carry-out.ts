import type { Waiver } from '../model/finding.ts';
import type { LoadedPlan, Step, StepEffect } from '../model/plan.ts';
import type { TreeFile } from '../model/tree.ts';
import { type Draft, draftOf } from './draft.ts';
import { cleanPath, covers } from './paths.ts';
import { placementProblems } from './placement.ts';
import { editStep } from './steps/edit.ts';
import { copyStep, createStep, deleteStep } from './steps/files.ts';
import { rewriteStep } from './steps/rewrite.ts';
import type { StepContext, StepOutcome, StepProblem } from './steps/step.ts';

/** What became of a plan on a tree: the files, what each step did, and what did not fit. */
export interface CarriedOut {
  readonly draft: Draft;
  readonly effects: readonly StepEffect[];
  readonly waivers: readonly Waiver[];
  readonly problems: readonly (StepProblem & { readonly step: number })[];
}

/** Carries every step out, in order, on a copy of the files. A step that cannot be carried out does not stop the rest. */
export function carryOut(loaded: LoadedPlan, files: ReadonlyMap<string, TreeFile>): CarriedOut {
  const draft = draftOf(files);
  const effects: StepEffect[] = [];
  const waivers: Waiver[] = [];
  const problems: (StepProblem & { readonly step: number })[] = [];
  const unclear: string[] = [];
  const leftOut: string[] = [];
  const emptied: string[] = [];
  for (const [index, step] of loaded.plan.steps.entries()) {
    const context: StepContext = {
      draft,
      index,
      given: files,
      planFiles: loaded.files,
      takenLater: (path) => isTaken(loaded.plan.steps.slice(index + 1), path),
      unclear,
      leftOut,
      emptied,
    };
    const outcome = stepOutcome(step, context);
    for (const problem of outcome.problems) problems.push({ ...problem, step: index });
    if (outcome.problems.some((problem) => problem.kind === 'fault')) unclear.push(...targetsOf(step));
    if (step.step === 'waive') {
      const { rule, place, reason, until } = step;
      waivers.push({ rule, place, reason, until });
    }
    if (outcome.state === 'left out') leftOut.push(...targetsOf(step));
    if (outcome.state === 'done before' && (step.step === 'move' || step.step === 'copy'))
      emptied.push(cleanPath(step.from));
    effects.push({
      step: labelOf(step),
      state: outcome.state ?? 'made',
      changed: [...new Set(outcome.changed)].sort(),
      ...(outcome.note === undefined ? {} : { note: outcome.note }),
    });
  }
  for (const problem of placementProblems(draft, files)) problems.push(problem);
  return { draft, effects, waivers, problems };
}

function stepOutcome(step: Step, context: StepContext): StepOutcome {
  switch (step.step) {
    case 'copy':
    case 'move':
      return copyStep(step, context);
    case 'create':
      return createStep(step, context);
    case 'delete':
      return deleteStep(step, context);
    case 'edit-yaml':
    case 'edit-json':
    case 'edit-ini':
    case 'edit-text':
      return editStep(step, context);
    case 'rewrite-references':
      return rewriteStep(step, context);
    case 'waive':
      return { changed: [], problems: [] };
  }
}

function isTaken(steps: readonly Step[], path: string): boolean {
  return steps.some(
    (step) =>
      (step.step === 'move' && covers(cleanPath(step.from), path)) ||
      (step.step === 'delete' && covers(cleanPath(step.path), path)),
  );
}

/** What a later step cannot be blamed for when this one failed or was left out. */
function targetsOf(step: Step): string[] {
  if (step.step === 'copy' || step.step === 'move') return [cleanPath(step.to)];
  if (step.step === 'create') return [step.path];
  return [];
}

function labelOf(step: Step): string {
  switch (step.step) {
    case 'copy':
    case 'move':
    case 'rewrite-references':
      return `${step.step} ${step.from} → ${step.to}`;
    case 'waive':
      return `${step.step} ${step.rule} at ${step.place}`;
    default:
      return `${step.step} ${step.path}`;
  }
}
