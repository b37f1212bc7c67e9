import type { Dashboard, Datasource, Variable } from '../model/grafana.ts';
import { messageOf } from '../model/message.ts';
import { variablesIn } from './macros.ts';
import { listed, member } from './member.ts';
import {
  allOption,
  chosen,
  customOptions,
  filtered,
  intervalOptions,
  type Option,
  sorted,
} from './variable-options.ts';
import { interpolated, type VariableValue, type VariableValues } from './variable-value.ts';

/** What a variable may be chosen from, or why nobody can tell. */
export type Offered = { readonly options: readonly Option[] } | { readonly error: string; readonly lasting?: boolean };

/** A variable of a dashboard as the browser has it after the dashboard is loaded. */
export interface ResolvedVariable {
  readonly variable: Variable;
  /** Without "All". */
  readonly found: Offered;
  readonly value: VariableValue;
}

/** Asks for what a query variable offers. Undefined where nobody in the lab can be asked. */
type Asking = (variable: Variable, values: VariableValues) => Promise<Offered | undefined>;

/**
 * The variables of a dashboard, each after those it depends on, as the browser fills them on a first visit
 * (https://grafana.com/docs/grafana/v10.2/dashboards/variables/): its options are asked for, filtered and sorted, and
 * what was saved is chosen where it is still among them, else the first.
 */
export async function resolveVariables(
  dashboard: Pick<Dashboard, 'variables' | 'value'>,
  datasources: readonly Datasource[],
  ask: Asking,
): Promise<ReadonlyMap<string, ResolvedVariable>> {
  const done = new Map<string, ResolvedVariable>();
  const schema = Number(member(dashboard.value, 'schemaVersion') ?? 0);
  for (const variable of inOrder(dashboard.variables)) {
    const values = valuesOf(done);
    const offered = await offeredTo(variable, values, datasources, ask);
    const found = 'error' in offered ? offered : narrowed(variable, offered.options, values);
    const asSaved =
      'error' in found || (variable.type === 'query' && member(variable.value, 'refresh') === 0 && schema >= 29);
    const value = asSaved ? savedValue(variable) : chosenValue(variable, found.options);
    done.set(variable.name, { variable, found, value });
  }
  return done;
}

/** The values alone, by name. */
export function valuesOf(resolved: ReadonlyMap<string, ResolvedVariable>): VariableValues {
  return new Map([...resolved].map(([name, { value }]) => [name, value]));
}

/** Each variable after those it names; a circle is broken where it closes. */
function inOrder(variables: readonly Variable[]): Variable[] {
  const found = new Set<Variable>();
  const open = new Set<Variable>();
  const visit = (variable: Variable): void => {
    if (found.has(variable) || open.has(variable)) return;
    open.add(variable);
    const { query, regex, datasource } = Object.fromEntries(Object.entries(variable.value));
    const named = variablesIn(JSON.stringify([query, regex, datasource]));
    for (const other of variables) if (other !== variable && named.includes(other.name)) visit(other);
    found.add(variable);
  };
  for (const variable of variables) visit(variable);
  return [...found];
}

async function offeredTo(
  variable: Variable,
  values: VariableValues,
  datasources: readonly Datasource[],
  ask: Asking,
): Promise<Offered> {
  const { type, query = '', name } = variable;
  switch (type) {
    case 'query':
      return (await ask(variable, values)) ?? { error: 'nobody in the lab can be asked' };
    case 'custom':
      return { options: customOptions(query) };
    case 'interval': {
      const auto = member(variable.value, 'auto') === true ? [{ text: 'auto', value: `$__auto_interval_${name}` }] : [];
      return { options: [...auto, ...intervalOptions(query)] };
    }
    case 'datasource':
      return { options: sourceOptions(datasources, query) };
    default:
      return { error: `a variable of type "${type}" has no options` };
  }
}

/** Datasources in the order of their names, the default one a second time under that word. */
function sourceOptions(datasources: readonly Datasource[], type: string): Option[] {
  const fitting = datasources.filter((source) => source.type === type);
  const byName = [...fitting].sort((a, b) => (a.name.toLowerCase() < b.name.toLowerCase() ? -1 : 1));
  return byName.flatMap(({ name, uid, isDefault }) => [
    { text: name, value: uid },
    ...(isDefault ? [{ text: 'default', value: 'default' }] : []),
  ]);
}

function narrowed(variable: Variable, options: readonly Option[], values: VariableValues): ResolvedVariable['found'] {
  if (variable.type === 'datasource') return { options: ofName(variable, options) };
  if (variable.type !== 'query') return { options };
  const regex = member(variable.value, 'regex');
  try {
    const left = filtered(options, typeof regex === 'string' ? interpolated(regex, values, 'plain') : '');
    return { options: sorted(left, Number(member(variable.value, 'sort') ?? 0)) };
  } catch (problem) {
    return { error: messageOf(problem), lasting: true };
  }
}

/** The expression of a datasource variable is about names; its values are uids. */
function ofName(variable: Variable, options: readonly Option[]): readonly Option[] {
  const regex = member(variable.value, 'regex');
  if (typeof regex !== 'string' || regex === '') return options;
  const names = options.map(({ text }) => ({ text, value: text }));
  const left = new Set(filtered(names, regex).map(({ text }) => text));
  return options.filter(({ text }) => left.has(text));
}

function chosenValue(variable: Variable, options: readonly Option[]): VariableValue {
  const { name, value } = variable;
  const whole = member(value, 'includeAll') === true ? [allOption, ...options] : options;
  const picks = chosen(whole, Object.fromEntries(Object.entries(member(value, 'current') ?? {})));
  const everything = picks[0]?.value === allOption.value;
  const taken = everything ? options : picks;
  const automatic = `$__auto_interval_${name}`;
  return {
    name,
    values: taken.map((one) => (one.value === automatic ? '15s' : one.value)),
    texts: taken.map((one) => one.text),
    ...(everything ? writtenAll(variable) : {}),
    several: isSeveral(variable),
  };
}

/** What was saved with the dashboard, as it is: the browser asks nobody, or could not. */
function savedValue(variable: Variable): VariableValue {
  const { name, value, query = '', type } = variable;
  const saved = member(value, 'current', 'value');
  const wasSaved = saved !== undefined && saved !== null && saved !== '';
  const values = !wasSaved
    ? type === 'query'
      ? ['']
      : [query]
    : Array.isArray(saved)
      ? saved.map(String)
      : [String(saved)];
  const base = { name, several: isSeveral(variable) };
  if (values[0] !== allOption.value) return { ...base, values, texts: values };
  const options = listed(member(value, 'options')).map((one) => String(member(one, 'value')));
  const known = options.filter((one) => one !== allOption.value);
  return {
    ...base,
    values: known,
    texts: known,
    ...(known.length > 0 ? writtenAll(variable) : { all: '.*', ...writtenAll(variable) }),
  };
}

function writtenAll({ value }: Variable): { all?: string } {
  const all = member(value, 'allValue');
  return typeof all === 'string' && all !== '' ? { all } : {};
}

function isSeveral({ value }: Variable): boolean {
  return member(value, 'multi') === true || member(value, 'includeAll') === true;
}
