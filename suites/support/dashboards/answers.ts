import {
  baseUrl,
  type Datasource,
  datasourceOf,
  expandMacros,
  instantQuery,
  panelQuery,
  type QueryAnswer,
  type QuerySubject,
  rangeQuery,
  replaceVariables,
  type VariableValues,
  variableValues,
} from '../../../src/index.ts';
import type { Found } from '../prove.ts';
import { lab, leftOut, run } from '../run.ts';
import { doorOf, grafanaOf } from './door.ts';

const variables = new Map<string, Promise<VariableValues>>();

/** The query answers without an error: through Grafana, and expanded at the datasource itself. No data is an answer. */
export async function answers(subject: QuerySubject): Promise<Found> {
  const absent = leftOut(subject.service);
  if (absent !== undefined) return { unknown: absent };
  const { query } = subject;
  const values = await valuesOf(subject);
  const reference =
    query.datasource === undefined ? undefined : { ...query.datasource, ...resolved(query.datasource, values) };
  const datasource = datasourceOf(grafanaOf(subject.service), reference);
  if (datasource === undefined)
    return { looked: 1, problems: [`its datasource "${reference?.uid ?? ''}" is not provisioned`] };
  const direct = await directly(datasource, replaceVariables(expandMacros(query.expr.value), values));
  if (direct === undefined)
    return { unknown: `datasource "${datasource.name}" is of type "${datasource.type}" or outside the stack` };
  const expr = replaceVariables(query.expr.value, values);
  const through = await panelQuery(lab(), await doorOf(subject.service), {
    refId: query.refId,
    datasource: { uid: datasource.uid, type: datasource.type },
    expr,
    instant: query.instant,
    model: query.value,
  });
  return { looked: 2, problems: [...told('Grafana', through), ...told(datasource.type, direct)] };
}

function told(who: string, answer: QueryAnswer): string[] {
  return 'error' in answer ? [`${who} answers with an error: ${answer.error}`] : [];
}

/** Asks the datasource without Grafana: some versions of Grafana answer a faulty query with nothing at all. */
async function directly(datasource: Datasource, expr: string): Promise<QueryAnswer | undefined> {
  const service = run.stack.services.find((one) => one.product === datasource.type);
  if (service === undefined || lab().services[service.name] === undefined) return undefined;
  const base = baseUrl(lab(), run.stack, service.name);
  return datasource.type === 'loki' ? rangeQuery(lab(), base, expr) : instantQuery(lab(), base, expr);
}

function valuesOf({ dashboard, service }: QuerySubject): Promise<VariableValues> {
  const known = variables.get(dashboard.file) ?? resolveVariables(dashboard, service);
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

function resolved(reference: { readonly uid?: string }, values: VariableValues): { uid?: string } {
  return reference.uid === undefined ? {} : { uid: replaceVariables(reference.uid, values) };
}
