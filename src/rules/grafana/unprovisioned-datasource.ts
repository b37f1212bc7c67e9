import type { FindingDraft } from '../../model/finding.ts';
import { type Dashboard, type DatasourceRef, datasourceOf, type GrafanaConfig } from '../../model/grafana.ts';
import { listAt, textValue, valueAt } from '../../read/values.ts';
import { defineRule } from '../define-rule.ts';
import { gather } from '../support/gather.ts';

/** Names that Grafana answers itself; an empty one is the default datasource. */
const builtIn = new Set([
  '',
  '-- Mixed --',
  '-- Grafana --',
  '-- Dashboard --',
  'grafana',
  '__expr__',
  '-100',
  'default',
]);

/**
 * A dashboard that names a datasource by a uid or name nobody provisions shows no data
 * (https://grafana.com/docs/grafana/v10.2/administration/provisioning/#data-sources).
 */
export const unprovisionedDatasource = defineRule({
  id: 'grafana/unprovisioned-datasource',
  severity: 'error',
  over: 'dashboard',
  claim: 'Every datasource that a dashboard names is provisioned.',
  check: (dashboard, { grafana }) => {
    const lost = new Map<string, DatasourceRef[]>();
    for (const ref of references(dashboard)) {
      const name = ref.uid ?? ref.name;
      if (name === undefined || builtIn.has(name) || ref.type === '__expr__' || isVariable(dashboard, name)) continue;
      if (isInput(dashboard, name)) continue;
      if (datasourceOf(grafana, ref) === undefined) gather(lost, name, ref);
    }
    return [...lost].flatMap(([name, refs]) => draft(dashboard, grafana, name, refs));
  },
});

function draft(
  dashboard: Dashboard,
  grafana: GrafanaConfig,
  name: string,
  refs: readonly DatasourceRef[],
): FindingDraft[] {
  const [first, ...others] = distinct(refs);
  if (first === undefined) return [];
  const title = dashboard.title ?? dashboard.file;
  const related = others.slice(0, 3).map((ref) => ({ at: ref.at, note: 'the same datasource is named here' }));
  const facts = { datasource: name, dashboard: title, references: refs.length };
  // Where nothing is provisioned, or a name comes from the environment, somebody may have made it by hand.
  const open =
    grafana.datasources.length === 0 || grafana.datasources.some((one) => `${one.name}${one.uid}`.includes('$'));
  if (open) {
    const message = `Dashboard "${title}" names the datasource "${name}", and whether Grafana has it cannot be told from the files`;
    return [{ at: first.at, related, facts, severity: 'info', message, hint: `Provision a datasource with this uid` }];
  }
  const known = grafana.datasources.map((one) => `${one.name} (${one.uid})`).join(', ');
  const what = /^[$[]/.test(name) ? 'which is no variable of the dashboard' : 'which no file provisions';
  return [
    {
      at: first.at,
      message: `Dashboard "${title}" names the datasource "${name}", ${what}, so what asks it shows no data`,
      related,
      hint: `Name one that is provisioned: ${known}`,
      facts,
    },
  ];
}

function references(dashboard: Dashboard): DatasourceRef[] {
  const queries = dashboard.panels.flatMap((panel) => panel.queries.filter((query) => !query.hidden));
  const annotations = listAt(dashboard.value, 'annotations', 'list').flatMap((entry, index): DatasourceRef[] => {
    const at = { file: dashboard.file, pointer: ['annotations', 'list', index, 'datasource'] };
    const name = textValue(entry, 'datasource');
    const uid = textValue(entry, 'datasource', 'uid');
    if (valueAt(entry, 'enable') === false) return [];
    if (name !== undefined) return [{ name, at }];
    return uid === undefined ? [] : [{ uid, at }];
  });
  const variables = dashboard.variables.filter((variable) => variable.type === 'query' || variable.type === 'adhoc');
  return [
    ...queries.flatMap((query) => query.datasource ?? []),
    ...variables.flatMap((variable) => variable.datasource ?? []),
    ...annotations,
  ];
}

/** `$name`, `${name}` and `[[name]]` are filled in where the dashboard has a variable of that name. */
function isVariable(dashboard: Dashboard, text: string): boolean {
  const found = /^\$(\w+)$|^\$\{(\w+)(?:[.:][^}]*)?\}$|^\[\[(\w+)(?::\w+)?\]\]$/.exec(text);
  const name = found?.[1] ?? found?.[2] ?? found?.[3];
  if (name === undefined) return text.includes('$') && !/^\$\{DS_\w+\}$/.test(text);
  return name.startsWith('__') || dashboard.variables.some((variable) => variable.name === name);
}

/** What waits for the import form is told by `grafana/export-inputs`. */
function isInput(dashboard: Dashboard, text: string): boolean {
  const name = /^\$\{(\w+)\}$/.exec(text)?.[1];
  return listAt(dashboard.value, '__inputs').some((input) => textValue(input, 'name') === name);
}

function distinct(refs: readonly DatasourceRef[]): DatasourceRef[] {
  const places = new Map(refs.map((ref) => [JSON.stringify(ref.at), ref]));
  return [...places.values()];
}
