import type { Step, TextEdit } from '../../model/plan.ts';
import { put } from '../draft.ts';
import { type EditedText, editText } from '../edit/edit.ts';
import { iniLanguage } from '../edit/ini.ts';
import { jsonLanguage } from '../edit/json.ts';
import { editLines } from '../edit/lines.ts';
import { yamlLanguage } from '../edit/yaml.ts';
import { textOf, withText } from '../text.ts';
import { missingText, nearPath, touchProblem } from './checks.ts';
import {
  isLeftOut,
  isUnclear,
  leftOut,
  type StepContext,
  type StepOutcome,
  type StepProblem,
  stopped,
} from './step.ts';

type EditStep = Extract<Step, { step: 'edit-yaml' | 'edit-json' | 'edit-ini' | 'edit-text' }>;

/**
 * Edits one file in place. An edit that finds its outcome (the value is set, the item is in its sequence, the text stands
 * where it would be written) was made before. One that would take away what is not there is idle, unless the rest of the
 * step was made before as well.
 */
export function editStep(step: EditStep, context: StepContext): StepOutcome {
  const { draft, index } = context;
  const bad = touchProblem(draft, step.path);
  if (bad !== undefined) return stopped('fault', bad);
  const file = draft.files.get(step.path);
  if (file === undefined) return withoutFile(step, context);
  const before = textOf(file);
  if (before === undefined)
    return stopped('fault', `"${step.path}" is ${file.mode === '120000' ? 'a symbolic link' : 'no UTF-8 text'}`);
  const after = editAll(step, before.text, context);
  const settled = after.made.length === 0 && after.done.length > 0;
  const gone = after.problems.filter((problem) => problem.gone === true && (settled || isOptional(step, problem.edit)));
  const problems = after.problems
    .filter((problem) => !gone.includes(problem))
    .map(
      (problem): StepProblem => ({
        kind: problem.gone === true ? 'idle' : 'fault',
        message: problem.message,
        edit: problem.edit,
      }),
    );
  const note = noteOf(step.edits.length, after.done.length, settled ? [] : gone.map(({ message }) => message));
  if (after.text === before.text)
    return { changed: [], problems, ...note, state: after.done.length > 0 ? 'done before' : 'left out' };
  put(draft, withText(file, before, after.text), index);
  return { changed: [step.path], problems, ...note };
}

function withoutFile({ path, optional }: EditStep, context: StepContext): StepOutcome {
  const { draft, takenLater } = context;
  if (isUnclear(context, path)) return { changed: [], problems: [] };
  const missing = missingText(draft, path);
  if (isLeftOut(context, path) || (optional === true && nearPath(draft, path) === undefined && !takenLater(path)))
    return leftOut(missing);
  return stopped(takenLater(path) ? 'idle' : 'fault', missing);
}

function isOptional(step: EditStep, edit: number): boolean {
  const one = step.edits[edit];
  return one !== undefined && 'op' in one && one.op === 'remove' && one.optional === true;
}

function noteOf(edits: number, done: number, gone: readonly string[]): { note?: string } {
  const parts = [
    ...(done === 0 ? [] : [done + gone.length >= edits ? 'already done' : `${done} of ${edits} edits already done`]),
    ...gone.map((message) => `left out: ${message}`),
  ];
  return parts.length === 0 ? {} : { note: parts.join('; ') };
}

function editAll(step: EditStep, text: string, context: StepContext): EditedText {
  switch (step.step) {
    case 'edit-yaml':
      return editText(step.path, text, step.edits, yamlLanguage);
    case 'edit-json':
      return editText(step.path, text, step.edits, jsonLanguage);
    case 'edit-ini':
      return editText(step.path, text, step.edits, iniLanguage);
    case 'edit-text':
      return editLines(step.path, text, step.edits, (edit) => replacementOf(edit, context));
  }
}

function replacementOf(edit: TextEdit, context: StepContext): string {
  if (edit.withFile === undefined) return edit.with ?? '';
  return Buffer.from(context.planFiles.get(edit.withFile) ?? []).toString('utf8');
}
