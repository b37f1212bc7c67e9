import { escaped, formatted, quoted } from './variable-format.ts';

/** What a dashboard variable stands for. */
export interface VariableValue {
  readonly name: string;
  /** What is chosen, or every option where that is "All". */
  readonly values: readonly string[];
  readonly texts: readonly string[];
  /** What "All" stands for, as written (`allValue`), where it is chosen and written. */
  readonly all?: string;
  /** There may be several values, so that each is escaped for a regular expression. */
  readonly several: boolean;
}

/** The variables of a dashboard, by name. */
export type VariableValues = ReadonlyMap<string, VariableValue>;

/** Who reads the text: the editors of the two datasources write values each in their own way, the rest as Grafana does. */
export type Dialect = 'prometheus' | 'loki' | 'plain';

const reference = /\$(\w+)|\[\[(\w+?)(?::(\w+))?\]\]|\$\{(\w+)(?:\.[^:}]+)?(?::([^}]+))?\}/g;

/**
 * A text with its variables replaced as the browser does; names that are unknown stay. A format that is written
 * (`${name:csv}`) wins over the datasource's own, and "All" with a value of its own takes neither
 * (https://grafana.com/docs/grafana/v10.2/dashboards/variables/variable-syntax/).
 */
export function interpolated(text: string, values: VariableValues, dialect: Dialect): string {
  return text.replace(reference, (whole, ...groups: readonly (string | undefined)[]) => {
    const [bare, square, squareFormat, braced, bracedFormat] = groups;
    const value = values.get(bare ?? square ?? braced ?? '');
    return value === undefined ? whole : written(value, values, squareFormat ?? bracedFormat, dialect);
  });
}

/** The variables, one of them with another value: a repeated panel is shown once for each. */
export function withValue(values: VariableValues, name: string, one: { value: string; text: string }): VariableValues {
  const before = values.get(name);
  const { value, text } = one;
  return new Map([...values, [name, { name, values: [value], texts: [text], several: before?.several ?? false }]]);
}

/**
 * The variables, and those that the browser itself knows; the intervals and the range are left to Grafana's server
 * (https://grafana.com/docs/grafana/v10.2/dashboards/variables/add-template-variables/#global-variables).
 * @param from, to milliseconds since 1970
 */
export function withGlobals(
  values: VariableValues,
  globals: { readonly from: number; readonly to: number; readonly dashboard: string },
): VariableValues {
  const known: Readonly<Record<string, string>> = {
    __from: String(globals.from),
    __to: String(globals.to),
    __dashboard: globals.dashboard,
    __org: '1',
    __user: 'admin',
  };
  const added = Object.entries(known).map(([name, value]): [string, VariableValue] => [
    name,
    { name, values: [value], texts: [value], several: false },
  ]);
  return new Map([...added, ...values]);
}

function written(value: VariableValue, values: VariableValues, format: string | undefined, dialect: Dialect): string {
  const { name, values: chosen, texts, all, several } = value;
  if (format === 'text') return all === undefined ? texts.join(' + ') : 'All';
  if (all !== undefined)
    return format === 'percentencode'
      ? formatted([all], format, name)
      : interpolated(all, withoutOne(values, name), 'plain');
  if (name === '__from' || name === '__to') return time(chosen[0] ?? '', format);
  if (format !== undefined || dialect === 'plain') return formatted(chosen, format ?? 'glob', name);
  return several ? escaped(chosen, dialect) : quoted(chosen.join(','), dialect);
}

/** A value that names itself must not be looked up for ever. */
function withoutOne(values: VariableValues, name: string): VariableValues {
  return new Map([...values].filter(([one]) => one !== name));
}

/** `${__from}` is milliseconds, `${__from:date}` an ISO time, `${__from:date:seconds}` seconds. */
function time(milliseconds: string, format: string | undefined): string {
  if (format === undefined || !format.startsWith('date')) return milliseconds;
  const at = Number(milliseconds);
  return format === 'date:seconds' ? String(Math.round(at / 1000)) : new Date(at).toISOString();
}
