import type { Pointer } from '../model/location.ts';
import { nearest } from './nearest.ts';
import type { RecordFault, RecordShape, Shape } from './shape.ts';

/** One way in which a value is not of its shape. */
export interface ShapeProblem {
  readonly kind: 'unknown-key' | 'missing-key' | 'wrong-kind' | 'invalid-value' | 'unknown-word' | 'conflict';
  readonly pointer: Pointer;
  /** `key` where the key itself is wrong. */
  readonly part: 'key' | 'value';
  /** The thing in quotes and what is wrong; what follows is the rule's to say. */
  readonly message: string;
  readonly hint?: string;
}

/** How a program reads. */
export interface Reading {
  /** A null is a key that is not written, as Go's YAML readers take it; else it is a value like others. */
  readonly nullIsUnset: boolean;
}

const asGo: Reading = { nullIsUnset: true };
const none = [] as const;

/**
 * Holds a parsed value against a shape: everything that is wrong with it, each with its pointer, what is wrong in words,
 * and what was probably meant. An own walker and no JSON Schema validator: a validator takes longer to load than a whole check
 * (ajv: 60 ms to load, some hundred to compile a schema of this size).
 */
export function problemsOf(
  shape: Shape,
  value: unknown,
  at: Pointer = none,
  reading: Reading = asGo,
): readonly ShapeProblem[] {
  return below(shape, value, [...at], reading);
}

type Step = string | number;
type Mapping = Readonly<Record<string, unknown>>;
type Of<K extends Shape['kind']> = Extract<Shape, { readonly kind: K }>;

/** `at` is one list that grows and shrinks on the way: nearly every value is right, and needs no pointer of its own. */
function below(shape: Shape, value: unknown, at: Step[], reading: Reading): readonly ShapeProblem[] {
  if (value === null && (reading.nullIsUnset || shape.kind === 'nullable')) return none;
  switch (shape.kind) {
    case 'anything':
      return none;
    case 'nullable':
      return below(shape.of, value, at, reading);
    case 'scalar':
      return kindOf(value) === 'scalar' || value === null
        ? scalarProblems(shape, value, at)
        : refused(shape, value, at);
    case 'list':
      return Array.isArray(value) ? listProblems(shape, value, at, reading) : refused(shape, value, at);
    case 'map':
      return isMapping(value) ? mapProblems(shape, value, at, reading) : refused(shape, value, at);
    case 'record':
      return isMapping(value) ? recordProblems(shape, value, at, reading) : refused(shape, value, at);
    case 'either': {
      const meant = shape.choices.find((choice) => kindsOf(choice).includes(kindOf(value)));
      return meant === undefined ? refused(shape, value, at) : below(meant, value, at, reading);
    }
  }
}

function within(shape: Shape, value: unknown, at: Step[], key: Step, reading: Reading): readonly ShapeProblem[] {
  at.push(key);
  const found = below(shape, value, at, reading);
  at.pop();
  return found;
}

function refused(shape: Shape, value: unknown, at: Pointer): ShapeProblem[] {
  return [{ kind: 'wrong-kind', pointer: [...at], part: 'value', message: `${nameOf(at)} ${wrongKind(shape, value)}` }];
}

function scalarProblems(shape: Of<'scalar'>, value: unknown, at: Pointer): readonly ShapeProblem[] {
  const wrong = shape.test(value);
  return wrong === undefined
    ? none
    : [problem(at, { route: none, wrong, kind: shape.mayGrow ? 'unknown-word' : 'invalid-value' })];
}

function listProblems(
  shape: Of<'list'>,
  value: readonly unknown[],
  at: Step[],
  reading: Reading,
): readonly ShapeProblem[] {
  let found: ShapeProblem[] | undefined;
  for (let index = 0; index < value.length; index += 1)
    found = joined(found, within(shape.of, value[index], at, index, reading));
  return found ?? checked(shape.check?.(value), at);
}

function mapProblems(shape: Of<'map'>, value: Mapping, at: Step[], reading: Reading): readonly ShapeProblem[] {
  let found: ShapeProblem[] | undefined;
  for (const key of Object.keys(value)) {
    const wrong = shape.key?.(key);
    if (wrong !== undefined) {
      const message = `The key "${key}" ${wrong}`;
      found = joined(found, [{ kind: 'unknown-word', pointer: [...at, key], part: 'key', message }]);
    }
    found = joined(found, within(shape.of, value[key], at, key, reading));
  }
  return found ?? none;
}

function recordProblems(shape: RecordShape, value: Mapping, at: Step[], reading: Reading): readonly ShapeProblem[] {
  const keys = keysOf(shape);
  let found: ShapeProblem[] | undefined;
  for (const key of Object.keys(value)) {
    const known = Object.hasOwn(keys, key) ? keys[key] : undefined;
    if (known !== undefined) found = joined(found, within(known, value[key], at, key, reading));
    else if (shape.open?.test(key) !== true) found = joined(found, [unknownKey(shape, key, Object.keys(keys), at)]);
  }
  for (const key of shape.required ?? none) {
    if (Object.hasOwn(value, key) && (value[key] !== null || !reading.nullIsUnset)) continue;
    const message = `${whatAt(shape, at)} has no "${key}"`;
    found = joined(found, [{ kind: 'missing-key', pointer: [...at], part: 'value', message }]);
  }
  return found ?? checked(shape.check?.(value), at);
}

function checked(faults: readonly RecordFault[] | undefined, at: Pointer): readonly ShapeProblem[] {
  return faults === undefined || faults.length === 0 ? none : faults.map((fault) => problem(at, fault));
}

/** Adds to a list that is made when it is needed. */
function joined(some: ShapeProblem[] | undefined, more: readonly ShapeProblem[]): ShapeProblem[] | undefined {
  if (more.length === 0) return some;
  if (some === undefined) return [...more];
  for (const problem of more) some.push(problem);
  return some;
}

const most = 12;

function unknownKey(shape: RecordShape, key: string, known: readonly string[], at: Pointer): ShapeProblem {
  const meant = nearest(key, known);
  const listed = [...known].sort().slice(0, most).join(', ');
  const hint =
    meant === undefined
      ? `Take it out; ${shape.called} has ${listed}${known.length > most ? ` and ${known.length - most} other keys` : ''}`
      : `Write "${meant}"`;
  const message = `"${key}" is no key of ${shape.called}`;
  return { kind: 'unknown-key', pointer: [...at, key], part: 'key', message, hint };
}

function problem(at: Pointer, { route, wrong, hint, kind = 'invalid-value' }: RecordFault): ShapeProblem {
  const pointer = [...at, ...route];
  const message = `${nameOf(pointer)} ${wrong}`;
  return { kind, pointer, part: 'value', message, ...(hint === undefined ? {} : { hint }) };
}

const made = new WeakMap<RecordShape, Readonly<Record<string, Shape>>>();

function keysOf(shape: RecordShape): Readonly<Record<string, Shape>> {
  if (typeof shape.keys !== 'function') return shape.keys;
  const before = made.get(shape);
  if (before !== undefined) return before;
  const keys = shape.keys();
  made.set(shape, keys);
  return keys;
}

/** A record by what it is and where: `A scrape job ("scrape_configs[2]")`. */
function whatAt(shape: RecordShape, at: Pointer): string {
  const what = `${shape.called.charAt(0).toUpperCase()}${shape.called.slice(1)}`;
  return at.length === 0 ? what : `${what} (${nameOf(at)})`;
}

/** The last key of a pointer with the indices behind it, in quotes. */
function nameOf(at: Pointer): string {
  const last = at.findLastIndex((step) => typeof step === 'string');
  const [key = '', ...indices] = at.slice(Math.max(last, 0));
  return last === -1 ? 'The file' : `"${key}${indices.map((index) => `[${index}]`).join('')}"`;
}

type Kind = 'scalar' | 'list' | 'mapping' | 'nothing';

function kindOf(value: unknown): Kind {
  if (value === null || value === undefined) return 'nothing';
  if (Array.isArray(value)) return 'list';
  return typeof value === 'object' && !(value instanceof Date) ? 'mapping' : 'scalar';
}

function kindsOf(shape: Shape): readonly Kind[] {
  switch (shape.kind) {
    case 'anything':
      return ['scalar', 'list', 'mapping', 'nothing'];
    case 'nullable':
      return ['nothing', ...kindsOf(shape.of)];
    case 'either':
      return shape.choices.flatMap(kindsOf);
    case 'map':
    case 'record':
      return ['mapping'];
    default:
      return [shape.kind];
  }
}

const words: Readonly<Record<Kind, string>> = {
  scalar: 'a single value',
  list: 'a list',
  mapping: 'a mapping',
  nothing: 'nothing',
};

function wrongKind(shape: Shape, value: unknown): string {
  const wanted = [...new Set(kindsOf(shape))].map((kind) => words[kind]).join(' or ');
  return `is ${words[kindOf(value)]} where ${wanted} is read`;
}

function isMapping(value: unknown): value is Mapping {
  return kindOf(value) === 'mapping';
}
