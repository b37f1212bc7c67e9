import type { LoadedPlan, PlanFault, Preview, RemovedPath, StepEffect } from '../model/plan.ts';
import type { Tree, TreeFile } from '../model/tree.ts';
import { type CarriedOut, carryOut } from './carry-out.ts';
import { leftoversOf } from './leftovers.ts';
import { removedBefore, removedPaths } from './removed.ts';
import type { StepProblem } from './steps/step.ts';
import { sameFile } from './text.ts';

/**
 * Carries a plan out on a tree, in memory. Either every step fits, and there is a candidate; or there are faults, all at
 * once, and none. A step fits where it can be made, where its outcome is there already, or where what it is about may be
 * missing and is. So a tree on which the plan was carried out by half, by hand or before, goes on from where it is.
 *
 * A step that finds nothing, and of which nothing shows that it was made before, is a fault: a mistyped path looks just
 * like one that was deleted. Only where the plan as a whole changes nothing is the tree its own candidate, and every step
 * done. And a plan is only accepted if it changes nothing on its own candidate.
 */
export function preview(loaded: LoadedPlan, tree: Tree): Preview {
  const first = carryOut(loaded, tree.files);
  const unchanged = sameFiles(first.draft.files, tree.files);
  const settled = unchanged || isSettled(loaded, first, tree);
  const stays = (path: string | undefined): boolean =>
    path !== undefined && tree.files.has(path) && same(first.draft.files.get(path), tree.files.get(path));
  const open = first.problems.filter(({ kind, path }) => {
    if (kind === 'other-content') return !settled && !stays(path);
    return kind === 'fault' || !settled;
  });
  if (open.length > 0)
    return refused(
      first,
      open.map((problem) => faultOf(loaded, problem)),
    );
  const candidate = unchanged ? tree : { origin: `plan ${loaded.plan.name}`, files: first.draft.files };
  if (!unchanged) {
    const faults = repeatFaults(loaded, candidate);
    if (faults.length > 0) return refused(first, faults);
  }
  const effects = first.effects.map((effect, step) => {
    if (settled) return doneBefore(loaded, effect, step);
    return effect.changed.length > 0 && effect.changed.every(stays) ? done(effect) : effect;
  });
  const before = removedBefore(first.draft, loaded, (step) => settled || effects[step]?.state === 'done before');
  const removed = settled ? before : joined(before, removedPaths(tree.files, first.draft, loaded));
  return {
    candidate,
    effects,
    removed,
    waivers: first.waivers,
    leftovers: leftoversOf(candidate.files, removed),
    faults: [],
  };
}

function joined(...lists: readonly (readonly RemovedPath[])[]): RemovedPath[] {
  const byPath = new Map(lists.flat().map((one) => [one.path, one]));
  return [...byPath.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** Whether the tree is the candidate but for references that somebody wrote back, which are rewritten again. */
function isSettled(loaded: LoadedPlan, { draft, effects }: CarriedOut, tree: Tree): boolean {
  return effects.every(
    (effect, step) =>
      loaded.plan.steps[step]?.step === 'rewrite-references' ||
      effect.changed.every((path) => same(draft.files.get(path), tree.files.get(path))),
  );
}

function doneBefore(loaded: LoadedPlan, effect: StepEffect, step: number): StepEffect {
  const rewrites = loaded.plan.steps[step]?.step === 'rewrite-references' && effect.changed.length > 0;
  return rewrites ? effect : done(effect);
}

function done(effect: StepEffect): StepEffect {
  return { ...effect, changed: [], state: 'done before', note: 'already done' };
}

/** What a second time would change or refuse. */
function repeatFaults(loaded: LoadedPlan, candidate: Tree): PlanFault[] {
  const again = carryOut(loaded, candidate.files);
  const refusals = again.problems.filter((problem) => problem.kind === 'fault');
  const cannot = 'the plan cannot be repeated: on its own candidate';
  if (refusals.length > 0)
    return refusals.map((problem) =>
      faultOf(loaded, { ...problem, message: `${cannot} this step would be refused (${problem.message})` }),
    );
  if (sameFiles(again.draft.files, candidate.files)) return [];
  const changed = [...new Set([...again.draft.files.keys(), ...candidate.files.keys()])].filter(
    (path) => !same(again.draft.files.get(path), candidate.files.get(path)),
  );
  const steps = again.effects.flatMap((effect, step) =>
    effect.changed.some((path) => changed.includes(path)) ? [step] : [],
  );
  return (steps.length > 0 ? steps : [0]).map((step) =>
    faultOf(loaded, {
      step,
      kind: 'fault',
      message: `${cannot} this step would change "${changed[0] ?? ''}" again`,
      hint: 'Say with "expect" what the step finds, or write it so that its result is recognised.',
    }),
  );
}

function refused({ effects, waivers }: CarriedOut, faults: readonly PlanFault[]): Preview {
  const sorted = [...faults].sort((a, b) => a.line - b.line || a.column - b.column);
  return { effects, removed: [], waivers, leftovers: [], faults: sorted };
}

function faultOf(loaded: LoadedPlan, problem: StepProblem & { readonly step: number }): PlanFault {
  const step = loaded.places?.[problem.step];
  const place = (problem.edit === undefined ? undefined : step?.edits[problem.edit]) ?? step;
  const edit = problem.edit === undefined ? '' : `, edit ${problem.edit + 1}`;
  return {
    file: loaded.file,
    line: place?.line ?? 1,
    column: place?.column ?? 1,
    message: `step ${problem.step + 1}${edit}: ${problem.message}`,
    ...(problem.hint === undefined ? {} : { hint: problem.hint }),
  };
}

function sameFiles(a: ReadonlyMap<string, TreeFile>, b: ReadonlyMap<string, TreeFile>): boolean {
  return a.size === b.size && [...a].every(([path, file]) => same(file, b.get(path)));
}

function same(a: TreeFile | undefined, b: TreeFile | undefined): boolean {
  return a === b || (a !== undefined && b !== undefined && sameFile(a, b));
}
