import {
  baseUrl,
  type Datasource,
  datasourceOf,
  eventually,
  expandMacros,
  type GrafanaConfig,
  instantQuery,
  lastingAnswer,
  panelQuery,
  type QueryAnswer,
  type QuerySubject,
  rangeQuery,
  replaceVariables,
  serviceByHost,
  type VariableValues,
  variableValues,
} from '../../../src/index.ts';
import type { Found } from '../prove.ts';
import { lab, leftOut, run } from '../run.ts';
import { doorOf, grafanaOf } from './door.ts';

const variables = new Map<string, Promise<VariableValues>>();

/** How long a service may still refuse what it will answer, in milliseconds. */
const starting = 30_000;

/** The query answers without an error: through Grafana, and expanded at the datasource itself. No data is an answer. */
export async function answers(subject: QuerySubject): Promise<Found> {
  const absent = leftOut(subject.service);
  if (absent !== undefined) return { unknown: absent };
  const { query } = subject;
  const grafana = grafanaOf(subject.service);
  const values = await valuesOf(subject);
  const reference =
    query.datasource === undefined ? undefined : { ...query.datasource, ...resolved(query.datasource, values) };
  const datasource = datasourceOf(grafana, reference);
  const named = reference?.uid ?? reference?.name ?? '';
  if (datasource === undefined)
    return mayBeMadeByHand(grafana)
      ? { unknown: `whether Grafana has the datasource "${named}" cannot be told from the files` }
      : { looked: 1, problems: [`its datasource "${named}" is not provisioned`] };
  const base = addressOf(datasource);
  if (base === undefined || query.expr === undefined)
    return { unknown: `datasource "${datasource.name}" is of type "${datasource.type}" or outside the stack` };
  const door = await doorOf(subject.service);
  const direct = await directly(datasource, base, replaceVariables(expandMacros(query.expr.value), values));
  const question = {
    refId: query.refId,
    datasource: { uid: datasource.uid, type: datasource.type },
    expr: replaceVariables(query.expr.value, values),
    instant: query.instant,
    model: filled(query.value, values),
  };
  // A query that is wrong in itself need not be asked again through Grafana.
  const patience = 'error' in direct ? 0 : starting;
  const through = await lastingAnswer(() => panelQuery(lab(), door, question), patience);
  return {
    looked: 2,
    problems: [...told('Grafana', through), ...(isShut(direct) ? [] : told(datasource.type, direct))],
  };
}

/** The browser fills in every option of a panel's query, not its expression alone (`interval`, `step`). */
function filled(model: Readonly<Record<string, unknown>>, values: VariableValues): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(model).map(([key, value]) => [
      key,
      typeof value === 'string' ? replaceVariables(value, values) : value,
    ]),
  );
}

/** Grafana may have a password or a tenant that the lab has not: then it alone can ask. */
function isShut(answer: QueryAnswer): boolean {
  return 'error' in answer && /^status 40[13]\b/.test(answer.error);
}

function told(who: string, answer: QueryAnswer): string[] {
  return 'error' in answer ? [`${who} answers with an error: ${answer.error}`] : [];
}

/** The service a datasource means: the one its address names, else the first of its kind. */
function addressOf({ type, url }: Datasource): string | undefined {
  if (type !== 'prometheus' && type !== 'loki') return undefined;
  const named =
    url !== undefined && URL.canParse(url.value) ? serviceByHost(run.stack, new URL(url.value).hostname) : undefined;
  const service = named?.product === type ? named : run.stack.services.find((one) => one.product === type);
  if (service === undefined || lab().services[service.name] === undefined) return undefined;
  return baseUrl(lab(), run.stack, service.name);
}

/** Asks the datasource without Grafana: some versions of Grafana answer a faulty query with nothing at all. */
function directly({ type }: Datasource, base: string, expr: string): Promise<QueryAnswer> {
  const ask = type === 'loki' ? rangeQuery : instantQuery;
  return lastingAnswer(() => ask(lab(), base, expr), starting);
}

function valuesOf({ dashboard, service }: QuerySubject): Promise<VariableValues> {
  const known =
    variables.get(dashboard.file) ??
    eventually(
      `the variables of "${dashboard.file}" have values`,
      async () => ({ done: true, value: await resolveVariables(dashboard, service) }),
      { within: starting },
    );
  variables.set(dashboard.file, known);
  return known;
}

async function resolveVariables(dashboard: QuerySubject['dashboard'], service: string): Promise<VariableValues> {
  const prometheus = run.stack.prometheus.find((one) => lab().services[one.service] !== undefined);
  const values =
    prometheus === undefined
      ? {}
      : await variableValues(lab(), baseUrl(lab(), run.stack, prometheus.service), dashboard);
  const sources = dashboard.variables.filter((variable) => variable.type === 'datasource');
  const chosen = sources.map((variable) => {
    const source = grafanaOf(service).datasources.find((one) => one.type === variable.query);
    return [variable.name, source?.uid ?? ''] as const;
  });
  return { ...values, ...Object.fromEntries(chosen) };
}

/** Older dashboards name a datasource, or a variable that holds one, where newer ones have a uid. */
function resolved(
  { uid, name }: { readonly uid?: string; readonly name?: string },
  values: VariableValues,
): { uid?: string; name?: string } {
  return {
    ...(uid === undefined ? {} : { uid: replaceVariables(uid, values) }),
    ...(name === undefined ? {} : { name: replaceVariables(name, values) }),
  };
}

/** Where nothing is provisioned, or a name comes from the environment, the files do not tell what Grafana has. */
function mayBeMadeByHand({ datasources }: GrafanaConfig): boolean {
  return datasources.length === 0 || datasources.some((one) => `${one.name}${one.uid}`.includes('$'));
}
