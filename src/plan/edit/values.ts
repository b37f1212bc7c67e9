import { isDeepStrictEqual } from 'node:util';
import { type Pointer, pointerText } from '../../model/location.ts';
import type { Edit } from '../../model/plan.ts';

/**
 * What an edit means for a value. `done`: what it asks for is there. `gone`: what it would remove is not there, which
 * alone is no evidence that it was made before.
 */
export type Judgement = { readonly is: 'due' | 'done' | 'gone' } | { readonly problem: string };

type Plain = Readonly<Record<string, unknown>>;

/** Whether the edit is due, done already, or does not fit the value. With `grows` what is to hold the addition may be missing. */
export function judge(root: unknown, edit: Edit, grows = false): Judgement {
  const above = edit.pointer.slice(0, -1);
  const last = edit.pointer.at(-1) ?? '';
  const parent = valueAt(root, above);
  const there = pointerText(edit.pointer);
  if (edit.op === 'add' && (parent.value === null || Array.isArray(parent.value)) && parent.found) {
    const items: readonly unknown[] = Array.isArray(parent.value) ? parent.value : [];
    if (last === '-') return { is: items.some((item) => isDeepStrictEqual(item, edit.value)) ? 'done' : 'due' };
    if (parent.value !== null) return judgeInsert(items, last, edit.value, there);
  }
  if (edit.op === 'add') {
    if (!parent.found && grows) return { is: 'due' };
    if (!parent.found) return { problem: `there is no "${pointerText(above)}" to add "${last}" to` };
    if (parent.value !== null && !isPlain(parent.value))
      return { problem: `"${pointerText(above)}" is neither a mapping nor a sequence` };
    if (last === '-') return { problem: `"${pointerText(above)}" is a mapping, and "-" appends to a sequence` };
  }
  const current = valueAt(root, edit.pointer);
  if (edit.op === 'remove') {
    if (!current.found) return { is: 'gone' };
    if (!('expect' in edit) || isDeepStrictEqual(current.value, edit.expect)) return { is: 'due' };
    const items: readonly unknown[] = Array.isArray(parent.value) ? parent.value : [current.value];
    if (Array.isArray(parent.value) && !items.some((item) => isDeepStrictEqual(item, edit.expect)))
      return { is: 'gone' };
    return { problem: `"${there}" does not hold what is expected of it` };
  }
  if (current.found && isDeepStrictEqual(current.value, edit.value)) return { is: 'done' };
  if (edit.op === 'add')
    return current.found ? { problem: `"${there}" is there already with another value: use "set"` } : { is: 'due' };
  if (!current.found) return { problem: `there is no "${there}": use "add" for what is new` };
  if ('expect' in edit && !isDeepStrictEqual(current.value, edit.expect))
    return { problem: `"${there}" does not hold what is expected of it` };
  return { is: 'due' };
}

/** The value after a due edit; everything off the pointer's way is shared with the old one. */
export function edited(root: unknown, edit: Edit, pointer: Pointer = edit.pointer): unknown {
  const [step, ...rest] = pointer;
  if (step === undefined) return edit.op === 'remove' ? undefined : edit.value;
  if (step === '-' && rest.length === 0 && !isPlain(root)) {
    const items: readonly unknown[] = Array.isArray(root) ? root : [];
    return edit.op === 'remove' ? items : [...items, edit.value];
  }
  if (Array.isArray(root)) {
    const items: readonly unknown[] = root;
    const index = Number(step);
    if (rest.length > 0) return items.with(index, edited(items[index], edit, rest));
    if (edit.op === 'set') return items.with(index, edit.value);
    return edit.op === 'add' ? items.toSpliced(index, 0, edit.value) : items.toSpliced(index, 1);
  }
  const pairs = isPlain(root) ? Object.entries(root) : [];
  const key = String(step);
  if (rest.length === 0 && edit.op === 'remove') return Object.fromEntries(pairs.filter(([name]) => name !== key));
  const inner = edited(isPlain(root) && Object.hasOwn(root, key) ? root[key] : undefined, edit, rest);
  return pairs.some(([name]) => name === key)
    ? Object.fromEntries(pairs.map(([name, value]) => [name, name === key ? inner : value]))
    : Object.fromEntries([...pairs, [key, inner]]);
}

/** The value at a pointer, told apart from nothing being there. */
export function valueAt(root: unknown, pointer: Pointer): { readonly found: boolean; readonly value?: unknown } {
  let value = root;
  for (const step of pointer) {
    if (Array.isArray(value)) {
      const index = /^\d+$/.test(String(step)) ? Number(step) : -1;
      if (index < 0 || index >= value.length) return { found: false };
      value = value[index];
    } else if (isPlain(value) && Object.hasOwn(value, String(step))) value = value[String(step)];
    else return { found: false };
  }
  return { found: true, value };
}

function judgeInsert(items: readonly unknown[], last: string | number, value: unknown, there: string): Judgement {
  const index = /^\d+$/.test(String(last)) ? Number(last) : -1;
  if (index < 0 || index > items.length) return { problem: `"${there}" is no place in a sequence of ${items.length}` };
  return { is: items.some((item) => isDeepStrictEqual(item, value)) ? 'done' : 'due' };
}

function isPlain(value: unknown): value is Plain {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
