import type { Dashboard, Variable } from '../../model/grafana.ts';
import type { LabAddress } from '../../model/lab.ts';
import { at, list } from './http.ts';
import { labelValues } from './prometheus.ts';

/** The value of each dashboard variable, as text to put in its place. */
export type VariableValues = Readonly<Record<string, string>>;

/**
 * Gives a dashboard's variables values as the browser would on a first visit: the saved choice, else the first option;
 * "All" as its `allValue` or everything (`.*`). Grafana's server never expands them
 * (https://grafana.com/docs/grafana/v10.2/dashboards/variables/).
 * @param base address of the Prometheus that answers `label_values()`
 */
export async function variableValues(lab: LabAddress, base: string, dashboard: Dashboard): Promise<VariableValues> {
  const values: Record<string, string> = {};
  for (const variable of dashboard.variables) {
    values[variable.name] = saved(variable) ?? (await firstOption(lab, base, variable, values)) ?? '.*';
  }
  return values;
}

function saved(variable: Variable): string | undefined {
  const current = at(variable.value, 'current', 'value');
  const chosen = list(current).length > 0 ? list(current) : [current];
  if (chosen.includes('$__all')) return allOf(variable);
  const texts = chosen.filter((value) => typeof value === 'string' && value !== '');
  return texts.length === 0 ? undefined : texts.join('|');
}

function allOf(variable: Variable): string {
  const all = at(variable.value, 'allValue');
  return typeof all === 'string' && all !== '' ? all : '.*';
}

async function firstOption(
  lab: LabAddress,
  base: string,
  variable: Variable,
  known: VariableValues,
): Promise<string | undefined> {
  if (at(variable.value, 'includeAll') === true) return allOf(variable);
  const query = variable.query ?? '';
  if (variable.type === 'custom' || variable.type === 'interval')
    return query.split(',')[0]?.trim().split(' : ').at(-1);
  if (variable.type === 'constant' || variable.type === 'textbox') return query;
  if (variable.type !== 'query') return undefined;
  const call = /^label_values\((?:(.+),)?\s*([a-zA-Z_][a-zA-Z0-9_]*)\s*\)$/s.exec(query.trim());
  if (call?.[2] === undefined) return undefined;
  const match = call[1] === undefined ? undefined : replaceVariables(call[1].trim(), known);
  return (await labelValues(lab, base, call[2], match))[0];
}

/** `$name`, `${name}`, `${name:format}` and `[[name]]` replaced by the variables' values; unknown names are left. */
export function replaceVariables(text: string, values: VariableValues): string {
  return text.replace(
    /\$(\w+)|\$\{(\w+)(?::\w+)?\}|\[\[(\w+)(?::\w+)?\]\]/g,
    (whole, bare: string | undefined, braced: string | undefined, square: string | undefined) =>
      values[bare ?? braced ?? square ?? ''] ?? whole,
  );
}
