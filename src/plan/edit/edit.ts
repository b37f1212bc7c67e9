import { isDeepStrictEqual } from 'node:util';
import { type Pointer, pointerText } from '../../model/location.ts';
import type { Edit } from '../../model/plan.ts';
import { lineColumn } from '../text.ts';
import { type Splice, type SpliceProblem, spliced } from './splice.ts';
import { edited, judge } from './values.ts';

/** A text as read: its value, and which characters a due edit replaces. */
export interface ReadText {
  readonly value: unknown;
  readonly splice: (edit: Edit) => Splice | SpliceProblem;
  /** Where the value at a pointer begins; undefined where nothing is there. */
  readonly locate: (pointer: Pointer) => number | undefined;
}

/** A kind of structured file. */
export interface Language {
  readonly read: (text: string) => ReadText | SpliceProblem;
  /** An addition may create what holds it: a section. */
  readonly grows?: boolean;
  /** The edit in the terms of the language's own value. */
  readonly normal?: (edit: Edit) => Edit;
}

/** What is wrong with one edit; `gone` where it would take away what is not there, be it a mistake or done before. */
export interface EditProblem {
  readonly edit: number;
  readonly message: string;
  readonly gone?: boolean;
}

/** A text after its edits: which changed it, which found there what they would write, and what is wrong with the others. */
export interface EditedText {
  readonly text: string;
  readonly made: readonly number[];
  readonly done: readonly number[];
  readonly problems: readonly EditProblem[];
}

/**
 * Makes edits one after the other, each as one splice. Each is proved afterwards: the text is read again, and its value
 * must differ from the one before by exactly that edit.
 */
export function editText(path: string, before: string, edits: readonly Edit[], language: Language): EditedText {
  const made: number[] = [];
  const done: number[] = [];
  const problems: EditProblem[] = [];
  let text = before;
  let read = language.read(text);
  for (const [index, written] of edits.entries()) {
    const edit = language.normal?.(written) ?? written;
    const outcome = makeEdit(text, read, edit, language);
    if (outcome === 'done') done.push(index);
    else if ('problem' in outcome) {
      const place = outcome.at === undefined ? path : `${path}:${lineColumn(text, outcome.at)}`;
      problems.push({ edit: index, message: `${place}: ${outcome.problem}`, ...(outcome.gone ? { gone: true } : {}) });
    } else {
      made.push(index);
      ({ text, read } = outcome);
    }
  }
  return { text, made, done, problems };
}

function makeEdit(
  text: string,
  before: ReadText | SpliceProblem,
  edit: Edit,
  language: Language,
): 'done' | { readonly text: string; readonly read: ReadText } | (SpliceProblem & { readonly gone?: boolean }) {
  if ('problem' in before) return before;
  const judgement = judge(before.value, edit, language.grows);
  if ('problem' in judgement) return { ...judgement, ...nearest(before, edit.pointer) };
  if (judgement.is === 'done') return 'done';
  const there = pointerText(edit.pointer);
  if (judgement.is === 'gone')
    return { problem: `there is no "${there}" to remove`, gone: true, ...nearest(before, edit.pointer) };
  const splice = before.splice(edit);
  if ('problem' in splice) return splice;
  const after = spliced(text, splice);
  const read = language.read(after);
  if ('problem' in read) return { problem: `"${there}" cannot be edited in place: ${read.problem}`, at: splice.start };
  if (!isDeepStrictEqual(read.value, edited(before.value, edit)))
    return {
      problem: `"${there}" cannot be edited alone: other values would change with it (is it anchored and used elsewhere, or there twice?)`,
      at: splice.start,
    };
  return { text: after, read };
}

/** The place of the value at a pointer, or of the nearest thing above it that is there. */
function nearest(read: ReadText, pointer: Pointer): { at?: number } {
  for (let length = pointer.length; length > 0; length -= 1) {
    const at = read.locate(pointer.slice(0, length));
    if (at !== undefined) return { at };
  }
  return {};
}
