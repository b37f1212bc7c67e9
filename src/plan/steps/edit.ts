import type { Step, TextEdit } from '../../model/plan.ts';
import { put } from '../draft.ts';
import { type EditedText, editText } from '../edit/edit.ts';
import { iniLanguage } from '../edit/ini.ts';
import { jsonLanguage } from '../edit/json.ts';
import { editLines } from '../edit/lines.ts';
import { yamlLanguage } from '../edit/yaml.ts';
import { textOf, withText } from '../text.ts';
import { missingText, touchProblem } from './checks.ts';
import { isUnclear, type StepContext, type StepOutcome, type StepProblem, stopped } from './step.ts';

type EditStep = Extract<Step, { step: 'edit-yaml' | 'edit-json' | 'edit-ini' | 'edit-text' }>;

/**
 * Edits one file in place. Already done: the value is set, the item is in its sequence, the key is gone, the text stands
 * where it would be written.
 */
export function editStep(step: EditStep, context: StepContext): StepOutcome {
  const { draft, index } = context;
  const bad = touchProblem(draft, step.path);
  if (bad !== undefined) return stopped('fault', bad);
  const file = draft.files.get(step.path);
  if (file === undefined)
    return isUnclear(context, step.path)
      ? { changed: [], problems: [] }
      : stopped(context.takenLater(step.path) ? 'idle' : 'fault', missingText(draft, step.path));
  const before = textOf(file);
  if (before === undefined)
    return stopped('fault', `"${step.path}" is ${file.mode === '120000' ? 'a symbolic link' : 'no UTF-8 text'}`);
  const after = editAll(step, before.text, context);
  const problems = after.problems.map(
    (problem): StepProblem => ({
      kind: problem.gone === true ? 'idle' : 'fault',
      message: problem.message,
      edit: problem.edit,
    }),
  );
  if (after.text === before.text) return { changed: [], problems };
  put(draft, withText(file, before, after.text), index);
  return { changed: [step.path], problems };
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
