import { parse } from 'yaml';
import type { LabAddress } from '../../model/lab.ts';
import type { QueryAnswer } from './answer.ts';
import { ask, at, list, texts } from './http.ts';

/** A target as `/api/v1/targets` shows it. */
export interface SeenTarget {
  readonly job: string;
  readonly url: string;
  readonly health: string;
  readonly lastError: string;
  /** After relabelling: those its samples get. */
  readonly labels: Readonly<Record<string, string>>;
}

/** An alert as `/api/v1/alerts` shows it: the labels of its rule are in it, the external ones are not. */
export interface SeenAlert {
  readonly labels: Readonly<Record<string, string>>;
  readonly state: string;
}

/** The active targets of a Prometheus (https://prometheus.io/docs/prometheus/2.47/querying/api/#targets). */
export async function activeTargets(lab: LabAddress, base: string): Promise<SeenTarget[]> {
  const answer = await ask(lab, `${base}/api/v1/targets?state=active`);
  if (answer.status !== 200) throw new Error(`Prometheus answers ${answer.status}: ${answer.text.slice(0, 200)}`);
  return list(at(answer.json, 'data', 'activeTargets')).map((target) => ({
    // The `job` label may be another: a target group or a relabelling can set it.
    job: String(at(target, 'scrapePool') ?? at(target, 'labels', 'job')),
    url: String(at(target, 'scrapeUrl')),
    health: String(at(target, 'health')),
    lastError: String(at(target, 'lastError') ?? ''),
    labels: texts(at(target, 'labels')),
  }));
}

/** A stretch of time, in seconds. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
  readonly step: number;
}

/** Runs an instant query at Prometheus itself. */
export async function instantQuery(lab: LabAddress, base: string, expr: string): Promise<QueryAnswer> {
  return answered(lab, `${base}/api/v1/query`, { query: expr });
}

/**
 * Runs a query over a stretch of time at Prometheus itself; its ends are moved to whole steps, as Grafana's server does
 * (https://prometheus.io/docs/prometheus/2.47/querying/api/#range-queries).
 */
export async function stretchQuery(lab: LabAddress, base: string, expr: string, over: Stretch): Promise<QueryAnswer> {
  const whole = (time: number): string => String(Math.floor(time / over.step) * over.step);
  const form = { query: expr, start: whole(over.start), end: whole(over.end), step: String(over.step) };
  return answered(lab, `${base}/api/v1/query_range`, form);
}

async function answered(lab: LabAddress, url: string, form: Readonly<Record<string, string>>): Promise<QueryAnswer> {
  const answer = await ask(lab, url, { method: 'POST', form });
  if (at(answer.json, 'status') === 'success') {
    const kind = at(answer.json, 'data', 'resultType');
    return { series: kind === 'scalar' || kind === 'string' ? 1 : list(at(answer.json, 'data', 'result')).length };
  }
  const error = String(at(answer.json, 'error') ?? `status ${answer.status}: ${answer.text.slice(0, 200)}`);
  return { error, lasting: at(answer.json, 'errorType') === 'bad_data' };
}

/** The labels of what an instant query finds, without the names; undefined where Prometheus answers with an error. */
export async function queryLabels(
  lab: LabAddress,
  base: string,
  expr: string,
): Promise<Readonly<Record<string, string>>[] | undefined> {
  const answer = await ask(lab, `${base}/api/v1/query`, { method: 'POST', form: { query: expr } });
  if (at(answer.json, 'status') !== 'success') return undefined;
  if (at(answer.json, 'data', 'resultType') !== 'vector') return [];
  return list(at(answer.json, 'data', 'result')).map((sample) => {
    const { __name__: _name, ...labels } = texts(at(sample, 'metric'));
    return labels;
  });
}

/**
 * The external labels as the server has them: with `expand-external-labels` their variables are put in
 * (https://prometheus.io/docs/prometheus/2.47/querying/api/#config).
 */
export async function externalLabels(lab: LabAddress, base: string): Promise<Readonly<Record<string, string>>> {
  const answer = await ask(lab, `${base}/api/v1/status/config`);
  if (answer.status !== 200) throw new Error(`Prometheus answers ${answer.status}: ${answer.text.slice(0, 200)}`);
  return texts(at(parse(String(at(answer.json, 'data', 'yaml'))), 'global', 'external_labels'));
}

/** The alerts that are pending or firing (https://prometheus.io/docs/prometheus/2.47/querying/api/#alerts). */
export async function activeAlerts(lab: LabAddress, base: string): Promise<SeenAlert[]> {
  const answer = await ask(lab, `${base}/api/v1/alerts`);
  if (answer.status !== 200) throw new Error(`Prometheus answers ${answer.status}: ${answer.text.slice(0, 200)}`);
  return list(at(answer.json, 'data', 'alerts')).map((alert) => ({
    labels: texts(at(alert, 'labels')),
    state: String(at(alert, 'state')),
  }));
}

/** A group of rules as `/api/v1/rules` shows it. */
export interface SeenRuleGroup {
  readonly name: string;
  /** Its path in the container. */
  readonly file: string;
  /** Seconds. */
  readonly interval: number;
  /** Milliseconds since 1970; before the first evaluation it is long ago. */
  readonly evaluated: number;
  readonly rules: readonly { readonly name: string; readonly health: string; readonly lastError: string }[];
}

/** The groups of rules a Prometheus has loaded (https://prometheus.io/docs/prometheus/2.47/querying/api/#rules). */
export async function ruleGroups(lab: LabAddress, base: string): Promise<SeenRuleGroup[]> {
  const answer = await ask(lab, `${base}/api/v1/rules`);
  if (answer.status !== 200) throw new Error(`Prometheus answers ${answer.status}: ${answer.text.slice(0, 200)}`);
  return list(at(answer.json, 'data', 'groups')).map((group) => ({
    name: String(at(group, 'name')),
    file: String(at(group, 'file')),
    interval: Number(at(group, 'interval')),
    evaluated: Date.parse(String(at(group, 'lastEvaluation'))),
    rules: list(at(group, 'rules')).map((rule) => ({
      name: String(at(rule, 'name')),
      health: String(at(rule, 'health')),
      lastError: String(at(rule, 'lastError') ?? ''),
    })),
  }));
}

/** The names of what is stored, of all series or of those a selector takes. */
export async function storedNames(lab: LabAddress, base: string, selector?: string): Promise<ReadonlySet<string>> {
  const match = selector === undefined ? '' : `?match[]=${encodeURIComponent(selector)}`;
  const answer = await ask(lab, `${base}/api/v1/label/__name__/values${match}`);
  if (answer.status !== 200) throw new Error(`Prometheus answers ${answer.status}: ${answer.text.slice(0, 200)}`);
  return new Set(list(at(answer.json, 'data')).map(String));
}

/**
 * The names of the samples at an exposition in the text format
 * (https://prometheus.io/docs/instrumenting/exposition_formats/#text-based-format). @throws Error where there is none
 */
export async function exposedNames(lab: LabAddress, url: string): Promise<ReadonlySet<string>> {
  const answer = await ask(lab, url);
  if (answer.status !== 200) throw new Error(`"${url}" answers ${answer.status}: ${answer.text.slice(0, 200)}`);
  const names = answer.text.split('\n').map((line) => /^[a-zA-Z_:][\w:]*(?=[{\s])/.exec(line)?.[0]);
  return new Set(names.filter((name) => name !== undefined));
}
