import type { Pointer } from '../model/location.ts';
import type { Edit, Step } from '../model/plan.ts';
import type { WrittenStep } from '../schema/plan.ts';

/** A step as written, with its pointers as lists and its paths without slashes at their ends. */
export function stepOf(written: WrittenStep): Step {
  switch (written.step) {
    case 'edit-yaml':
    case 'edit-json':
      return { ...written, edits: written.edits.map((edit): Edit => ({ ...edit, pointer: pointerOf(edit.pointer) })) };
    case 'edit-ini':
      return { ...written, edits: written.edits.map((edit): Edit => ({ ...edit, pointer: iniPointer(edit.pointer) })) };
    default:
      return written;
  }
}

function pointerOf(pointer: Pointer | string): Pointer {
  if (typeof pointer !== 'string') return pointer;
  return pointer.split('.').map((step) => (/^\d+$/.test(step) ? Number(step) : step));
}

/** Sections have dots in their names (`auth.generic_oauth`), keys have none. */
function iniPointer(pointer: Pointer | string): Pointer {
  if (typeof pointer !== 'string') return pointer;
  const dot = pointer.lastIndexOf('.');
  return dot === -1 ? [pointer] : [pointer.slice(0, dot), pointer.slice(dot + 1)];
}
