import { readFileSync } from 'node:fs';
import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { Pointer } from '../model/location.ts';
import type { Edit, Plan, Step } from '../model/plan.ts';

type WrittenEdit<E> = E extends Edit ? Omit<E, 'pointer'> & { readonly pointer: Pointer | string } : never;

/** A step as written: its pointers may be strings. */
export type WrittenStep = Step extends infer S
  ? S extends { readonly step: 'edit-yaml' | 'edit-json' | 'edit-ini' }
    ? Omit<S, 'edits'> & { readonly edits: readonly WrittenEdit<Edit>[] }
    : S
  : never;

/** What stands in a plan file that is valid. */
export interface WrittenPlan extends Omit<Plan, 'steps'> {
  readonly steps: readonly WrittenStep[];
}

/** One way in which a value is not a plan. `key` says that the last step of the pointer means the key itself. */
export interface SchemaFault {
  readonly pointer: Pointer;
  readonly key?: boolean;
  readonly message: string;
}

const schema: object = JSON.parse(readFileSync(new URL('./plan.schema.json', import.meta.url), 'utf8'));
const ajv = new Ajv2020({
  allErrors: true,
  discriminator: true,
  strictRequired: false,
  allowUnionTypes: true,
  verbose: true,
});
addFormats.default(ajv);
const validate = ajv.compile<WrittenPlan>(schema);
const kinds = 'copy, move, create, edit-yaml, edit-json, edit-ini, edit-text, delete, rewrite-references, waive';

/** A value held against the schema: every fault at once, and what there is no fault in. */
export interface CheckedPlan {
  readonly faults: readonly SchemaFault[];
  /** Undefined where something beside the steps is wrong. */
  readonly head?: Omit<WrittenPlan, 'steps'>;
  readonly steps: readonly { readonly step: WrittenStep; readonly index: number }[];
}

/** Holds a parsed YAML value against the schema of plans. */
export function checkPlan(value: unknown): CheckedPlan {
  const faults: SchemaFault[] = validate(value) ? [] : (validate.errors ?? []).flatMap(faultOf);
  if (validate.errors !== null && faults.length === 0) faults.push({ pointer: [], message: 'this is not a plan' });
  const written: unknown = Object(value).steps;
  const bad = new Set(faults.map(({ pointer }) => (pointer[0] === 'steps' ? (pointer[1] ?? 'all') : 'head')));
  const head = bad.has('head') ? undefined : sound({ ...Object(value), steps: [harmless] });
  const steps = (Array.isArray(written) && !bad.has('all') ? written : []).flatMap((step: unknown, index) => {
    const plan = bad.has(index) ? undefined : sound({ version: 1, name: 'x', branch: 'x', stack: 'x', steps: [step] });
    return (plan?.steps ?? []).map((one) => ({ step: one, index }));
  });
  return { faults, steps, ...(head === undefined ? {} : { head }) };
}

const harmless = { step: 'delete', path: 'x' };

function sound(value: unknown): WrittenPlan | undefined {
  return validate(value) ? value : undefined;
}

function faultOf(error: ErrorObject): SchemaFault[] {
  const pointer = pointerOf(error.instancePath);
  const params: Readonly<Record<string, unknown>> = error.params;
  const at = (message: string): SchemaFault[] => [{ pointer, message }];
  switch (error.keyword) {
    case 'additionalProperties': {
      const key = String(params['additionalProperty']);
      const known = Object.keys(Object(error.parentSchema?.['properties'])).join(', ');
      return [{ pointer: [...pointer, key], key: true, message: `unknown key "${key}"; known here: ${known}` }];
    }
    case 'required':
      // Of a choice between two keys only the choice itself is worth a line.
      if (/^with(File)?$/.test(String(params['missingProperty']))) return [];
      return at(`the key "${String(params['missingProperty'])}" is missing`);
    case 'discriminator': {
      const tag = String(params['tag']);
      if (params['tagValue'] === undefined) return [];
      const message = `no such ${tag}: ${show(params['tagValue'])}; there are ${tag === 'op' ? 'set, add, remove' : kinds}`;
      return [{ pointer: [...pointer, tag], message }];
    }
    case 'oneOf':
      if (pointer.at(-1) === 'pointer') return at('a pointer is a list of keys, or one string with dots');
      return at('give either "with" or "withFile"');
    case 'const':
      return at(`must be ${show(params['allowedValue'])}, is ${show(error.data)}`);
    case 'type':
      if (pointer.includes('pointer')) return [];
      return at(`must be of type ${String(params['type'])}, is ${show(error.data)}`);
    case 'minItems':
      return at('the list is empty');
    case 'minLength':
      return at('the text is empty');
    case 'minProperties':
      return at('give "sha256" or "contains"');
    case 'pattern':
      return at(`${show(error.data)} does not match ${String(params['pattern'])}`);
    case 'format':
      return at(`${show(error.data)} is not a date: write it as 2026-12-31, in quotes or without`);
    default:
      return at(error.message ?? error.keyword);
  }
}

function show(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}

function pointerOf(instancePath: string): Pointer {
  return instancePath
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))
    .map((step) => (/^\d+$/.test(step) ? Number(step) : step));
}
