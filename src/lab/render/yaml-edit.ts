import { type Document, isAlias, isNode, isScalar, parseDocument, visit } from 'yaml';
import type { Difference } from '../../model/lab.ts';
import { type Pointer, pointerText } from '../../model/location.ts';
import { shown } from './shown.ts';

/** A YAML file being changed: every change is also a difference. */
export interface YamlEdit {
  /** The whole value as it is now. */
  value(): unknown;
  set(pointer: Pointer, to: unknown, why: string): void;
  drop(pointer: Pointer, why: string): void;
  text(): string;
}

/**
 * Opens a YAML text for changes that keep its comments (https://eemeli.org/yaml/#documents).
 * Undefined where it does not parse: such a file is booted as it is.
 * Aliases are written out first, so that a change of one place is not a change of another.
 */
export function openYaml(file: string, source: string, differences: Difference[]): YamlEdit | undefined {
  const document: Document = parseDocument(source, { merge: true, logLevel: 'silent' });
  if (document.errors.length > 0) return undefined;
  if (hasAlias(document)) document.contents = document.createNode(document.toJS(), { aliasDuplicateObjects: false });
  let changed = false;
  const note = (pointer: Pointer, from: unknown, to: unknown, why: string): void => {
    changed = true;
    const key = String(pointer.findLast((step) => typeof step === 'string') ?? '');
    differences.push({ file, what: pointerText(pointer), from: shown(from, key), to: shown(to, key), why });
  };
  const now = (pointer: Pointer): unknown => {
    const found = document.getIn(pointer);
    return isNode(found) ? found.toJS(document) : found;
  };
  return {
    value: () => document.toJS(),
    set: (pointer, to, why) => {
      const from = now(pointer);
      if (JSON.stringify(from) === JSON.stringify(to)) return;
      openEmptyParents(document, pointer);
      const old = document.getIn(pointer, true);
      if (isScalar(old) && !isObject(to)) old.value = to;
      else document.setIn(pointer, document.createNode(to, { aliasDuplicateObjects: false }));
      note(pointer, from, to, why);
    },
    drop: (pointer, why) => {
      const from = now(pointer);
      if (from === undefined) return;
      document.deleteIn(pointer);
      note(pointer, from, undefined, why);
    },
    text: () => (changed ? document.toString({ lineWidth: 0, flowCollectionPadding: false }) : source),
  };
}

/** A key without a value (`global:`) is null: it becomes a mapping before something is put into it. */
function openEmptyParents(document: Document, pointer: Pointer): void {
  for (let depth = 1; depth < pointer.length; depth += 1) {
    const parent = pointer.slice(0, depth);
    const node = document.getIn(parent, true);
    if (isScalar(node) && node.value === null) document.setIn(parent, document.createNode({}));
  }
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null;
}

function hasAlias(document: Document): boolean {
  let found = false;
  visit(document, (_key, node) => {
    if (isAlias(node)) found = true;
    return found ? visit.BREAK : undefined;
  });
  return found;
}

/** The value at a pointer; undefined where it leads nowhere. */
export function valueAt(value: unknown, pointer: Pointer): unknown {
  let now = value;
  for (const step of pointer) {
    if (typeof now !== 'object' || now === null) return undefined;
    now = Reflect.get(now, step);
  }
  return now;
}
