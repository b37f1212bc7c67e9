import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { messageOf } from '../model/message.ts';
import type { LoadedPlan, PlanFault } from '../model/plan.ts';
import { checkPlan } from '../schema/plan.ts';
import { readPlanDocument } from './document.ts';
import { planFiles } from './files.ts';
import { meaningFaults } from './meaning.ts';
import { stepOf } from './step-of.ts';

/**
 * Reads a plan and the `files/` beside it. With faults there is no plan; all of them are given at once, each with its
 * place in the file. The digest covers the plan's bytes and path, mode and bytes of every file.
 */
export function loadPlan(file: string): { readonly plan?: LoadedPlan; readonly faults: readonly PlanFault[] } {
  const whole = (message: string, hint?: string): { faults: readonly PlanFault[] } => ({
    faults: [{ file, line: 1, column: 1, message, ...(hint === undefined ? {} : { hint }) }],
  });
  let bytes: Buffer;
  try {
    bytes = readFileSync(file);
  } catch (problem) {
    return whole(`the plan cannot be read: ${messageOf(problem)}`);
  }
  const document = readPlanDocument(file, bytes.toString('utf8'));
  if (document.faults.length > 0) return { faults: document.faults };
  const folder = planFiles(join(dirname(file), 'files'));
  if ('problem' in folder) return whole(folder.problem, 'Keep plain files only in the folder "files" beside the plan.');
  const checked = checkPlan(document.value);
  const steps = checked.steps.map(({ step, index }) => ({ step: stepOf(step), index }));
  const names = new Set(folder.files.map((one) => one.path));
  const faults = [
    ...checked.faults.map(({ pointer, key, message }) => document.fault(pointer, message, key)),
    ...meaningFaults(checked.head, steps, names, document.fault),
  ];
  if (faults.length > 0 || checked.head === undefined) return { faults: inOrder(faults) };
  const plan = { ...checked.head, steps: steps.map(({ step }) => step) };
  const digest = createHash('sha256').update(`plan\0${bytes.length}\0`).update(bytes);
  for (const one of folder.files) digest.update(`${one.path}\0${one.mode}\0${one.bytes.length}\0`).update(one.bytes);
  return {
    plan: {
      plan,
      file,
      files: new Map(folder.files.map((one) => [one.path, one.bytes])),
      digest: digest.digest('hex'),
      places: plan.steps.map((step, index) => ({
        ...document.place(['steps', index]),
        edits: 'edits' in step ? step.edits.map((_, at) => document.place(['steps', index, 'edits', at])) : [],
      })),
    },
    faults: [],
  };
}

function inOrder(faults: readonly PlanFault[]): PlanFault[] {
  return [...faults].sort((a, b) => a.line - b.line || a.column - b.column);
}
