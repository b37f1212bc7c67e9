import type { FindingDraft } from '../../model/finding.ts';
import type { GrafanaConfig, Variable } from '../../model/grafana.ts';
import { isMapping, listAt, textValue, valueAt } from '../../read/values.ts';
import { defineRule } from '../define-rule.ts';

/** What a variable offers comes from its query, at each load or as it was saved (https://grafana.com/docs/grafana/v10.2/dashboards/variables/add-template-variables/). */
export const emptyVariable = defineRule({
  id: 'grafana/empty-variable',
  severity: 'warning',
  over: 'dashboard',
  claim: 'Every variable has values to choose from.',
  check: ({ variables, title, file, value }, { grafana }) =>
    variables.flatMap((variable): FindingDraft[] => {
      const why = reasonOf(variable, grafana, Number(valueAt(value, 'schemaVersion') ?? 0));
      if (why === undefined) return [];
      return [
        {
          at: { ...variable.at, pointer: [...(variable.at.pointer ?? []), why.key] },
          message: `Variable "${variable.name}" of dashboard "${title ?? file}" ${why.what}, so what uses it shows no data`,
          hint: why.hint,
          facts: { dashboard: title ?? file, variable: variable.name },
        },
      ];
    }),
});

interface Reason {
  readonly key: string;
  readonly what: string;
  readonly hint: string;
}

function reasonOf(
  { type, query = '', value }: Variable,
  { datasources }: GrafanaConfig,
  schema: number,
): Reason | undefined {
  const bare = query.trim() === '';
  const options = listAt(value, 'options').length > 0;
  if (type === 'custom' || type === 'interval') {
    if (!bare || options) return undefined;
    return { key: 'name', what: 'has nothing in its list', hint: 'Write the values, with commas between them' };
  }
  if (type === 'datasource') {
    const none = datasources.length > 0 && !datasources.some((one) => one.type === query || /[${]/.test(one.type));
    // Plugins may be written without their full id.
    if (!none || bare || /[${]/.test(query) || datasources.some((one) => one.type.includes(query))) return undefined;
    return {
      key: 'query',
      what: `offers datasources of the type "${query}", and none is provisioned`,
      hint: 'Provision one',
    };
  }
  if (type !== 'query') return undefined;
  const asked = valueAt(value, 'query');
  const plain = asked === undefined || typeof asked === 'string' || (isMapping(asked) && isPlain(asked));
  if (bare && plain && (textValue(value, 'definition') ?? '') === '' && !options)
    return { key: 'name', what: 'has no query', hint: 'Write one, such as label_values(up, instance)' };
  // Where nothing is written, it is loaded with the dashboard; so is each of a dashboard that Grafana brings to version 29
  // (https://github.com/grafana/grafana/blob/v10.2.0/public/app/features/dashboard/state/DashboardMigrator.ts).
  const refresh = textValue(value, 'refresh');
  if (schema < 29) return undefined;
  if ((refresh !== '0' && refresh !== 'false') || options || chosen(value)) return undefined;
  return {
    key: 'refresh',
    what: 'is never loaded ("refresh" is 0) and has no saved values',
    hint: 'Write "refresh": 1',
  };
}

function isPlain(query: Readonly<Record<string, unknown>>): boolean {
  return Object.keys(query).every((key) => key === 'query' || key === 'refId');
}

function chosen(value: unknown): boolean {
  const current = valueAt(value, 'current', 'value');
  return Array.isArray(current) ? current.length > 0 : current !== undefined && current !== null && current !== '';
}
