import { isMap, isNode, LineCounter, type Node, parseAllDocuments } from 'yaml';
import type { Pointer } from '../model/location.ts';
import { messageOf } from '../model/message.ts';
import type { PlanFault } from '../model/plan.ts';
import { danglingAlias } from './edit/nodes.ts';

/** A plan file as YAML: its value, and where each part of it stands. */
export interface PlanDocument {
  readonly value: unknown;
  readonly faults: readonly PlanFault[];
  place(pointer: Pointer, key?: boolean): { line: number; column: number };
  fault(pointer: Pointer, message: string, key?: boolean): PlanFault;
}

/** Parses a plan file, keeping the places of its parts. */
export function readPlanDocument(file: string, text: string): PlanDocument {
  const lines = new LineCounter();
  const documents = parseAllDocuments(text, { lineCounter: lines, merge: true });
  const [document] = 'empty' in documents ? [] : documents;
  const at = (offset: number): { line: number; column: number } => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  const place = (pointer: Pointer, key = false): { line: number; column: number } => {
    let node: unknown = document?.contents;
    let offset = startOf(node) ?? 0;
    for (const [depth, step] of pointer.entries()) {
      const pair = isMap(node) ? node.items.find((item) => String(item.key) === String(step)) : undefined;
      const next: unknown = pair?.value ?? (document?.getIn(pointer.slice(0, depth + 1), true) as Node | undefined);
      const wanted = key && depth === pointer.length - 1 ? pair?.key : (next ?? pair?.key);
      if (startOf(wanted) === undefined) break;
      offset = startOf(wanted) ?? offset;
      node = next;
    }
    return at(offset);
  };
  const fault = (pointer: Pointer, message: string, key?: boolean): PlanFault => ({
    file,
    ...place(pointer, key),
    message: `${labelOf(pointer)}${message}`,
  });
  const broken = (document?.errors ?? []).map(
    (error): PlanFault => ({
      file,
      ...at(error.pos[0]),
      message: `the plan is not YAML: ${error.message.split('\n')[0]?.replace(/ at line \d+.*$/, '') ?? error.code}`,
    }),
  );
  const whole = (message: string): PlanFault => ({ file, line: 1, column: 1, message });
  const several = documents.length > 1 ? [whole('a plan is one YAML document, and here are several')] : [];
  const faults = [...broken, ...several];
  if (faults.length > 0) return { value: undefined, faults, place, fault };
  try {
    return { value: document?.toJS() ?? null, faults, place, fault };
  } catch (problem) {
    // An alias of nothing, or aliases of aliases without end.
    const message = `the plan has no value: ${messageOf(problem)}`;
    const offset = document === undefined ? undefined : danglingAlias(document);
    const where = offset === undefined ? {} : at(offset);
    return { value: undefined, faults: [{ ...whole(message), ...where }], place, fault };
  }
}

function startOf(node: unknown): number | undefined {
  return isNode(node) ? node.range?.[0] : undefined;
}

/** Which step is meant, for a reader without line numbers. */
function labelOf(pointer: Pointer): string {
  const [first, step, second, edit] = pointer;
  if (first !== 'steps' || typeof step !== 'number') return '';
  return second === 'edits' && typeof edit === 'number' ? `step ${step + 1}, edit ${edit + 1}: ` : `step ${step + 1}: `;
}
