import {
  type Executed,
  eventually,
  expandMacros,
  instantQuery,
  interpolated,
  type LabSource,
  lastingAnswer,
  lokiInstantQuery,
  outcomeOf,
  panelQuery,
  type QueryAnswer,
  type QuerySubject,
  rangeQuery,
  repeated,
  shortestStep,
  stretchQuery,
  type VariableValues,
  valuesOf,
  withGlobals,
} from '../../../src/index.ts';
import type { Found } from '../prove.ts';
import { lab, leftOut } from '../run.ts';
import { workedOut } from './expressions.ts';
import { filled } from './filled.ts';
import { type Met, starting } from './met.ts';
import { whyNone } from './reason.ts';
import { sourceOf } from './sources.ts';
import { shown, variablesOf } from './variables.ts';

/**
 * The query answers without an error, in every form the panel is repeated in: through Grafana, and at the datasource
 * itself. No data is an answer where both have none; why there is none is told.
 */
export async function answers(subject: QuerySubject): Promise<Found> {
  const absent = leftOut(subject.service);
  if (absent !== undefined) return { unknown: absent };
  const { variables } = await variablesOf(subject);
  const { forms, of } = repeated(subject.repeats, valuesOf(variables));
  const met: Met[] = [];
  for (const form of forms) met.push(await (subject.inputs === undefined ? asked : workedOut)(subject, form));
  const unknown = met.find((one) => 'unknown' in one);
  if (unknown !== undefined) return unknown;
  const looked = met.flatMap((one) => ('looked' in one ? [one] : []));
  const best = looked.find(({ seen }) => seen === 'data') ?? looked[0];
  const note = [best?.note, ...(of > 1 ? [`asked for ${forms.length} of the ${of} values it is repeated for`] : [])];
  return {
    looked: looked.reduce((sum, one) => sum + one.looked, 0),
    problems: [...new Set(looked.flatMap(({ problems }) => problems))],
    ...(best?.seen === undefined ? {} : { seen: best.seen }),
    ...(note.some((one) => one !== undefined) ? { note: note.filter((one) => one !== undefined).join('; ') } : {}),
  };
}

async function asked({ service, dashboard, query }: QuerySubject, chosen: VariableValues): Promise<Met> {
  const to = Date.now();
  const values = withGlobals(chosen, { from: to - shown * 1000, to, dashboard: dashboard.title ?? '' });
  const source = await sourceOf(service, query.datasource, values);
  if ('unknown' in source) return source;
  if ('problem' in source) return { looked: 1, problems: [source.problem] };
  if (query.expr === undefined)
    return { unknown: `what the query asks of datasource "${source.name}" is not written as an expression` };
  const form = {
    ...query,
    expr: interpolated(query.expr.value, values, source.type),
    model: filled(query.value, values),
  };
  const { through, direct } = await bothWays(source, form, starting);
  const shut = isShut(direct);
  const problems = [...told('Grafana', through), ...(shut ? [] : told(source.type, direct))];
  if (problems.length > 0) return { looked: 2, problems };
  const [there, here] = [sum(through), shut ? sum(through) : sum(direct)];
  if (there > 0 !== here > 0) return { looked: 2, problems: [apart(source, there, here)] };
  if (there > 0) return { looked: 2, problems: [], seen: 'data' };
  const reason = shut
    ? { seen: 'no data: reason unknown', note: `${source.type} lets nobody but Grafana ask` }
    : await whyNone(source, expandMacros(form.expr, { range: `${shown}s` }));
  const late =
    reason.seen === 'no data: nothing left' && source.type === 'prometheus' && outcomeOf(plain(form.expr)) !== 'filter';
  if (!late) return { looked: 2, problems: [], ...reason };
  // The series are there and nothing drops them: with a few samples more there is a result.
  const again = await bothWays(source, form, 0, true);
  return sum(again.through) > 0 ? { looked: 2, problems: [], seen: 'data' } : { looked: 2, problems: [], ...reason };
}

function plain(expr: string): string {
  return expandMacros(expr, { range: `${shown}s` });
}

interface Form {
  readonly refId: string;
  readonly expr: string;
  readonly model: Readonly<Record<string, unknown>>;
}

interface Both {
  readonly through: QueryAnswer;
  readonly direct: QueryAnswer;
}

/** Asks both until they agree on whether there is data: they look at two moments, and Grafana moves to whole steps. */
async function bothWays(source: LabSource, form: Form, patience: number, untilData = false): Promise<Both> {
  let executed: Executed | undefined;
  let last: Both | undefined;
  try {
    return await eventually(
      'Grafana and the datasource agree',
      async () => {
        const direct = await lastingAnswer(() => directly(source, form, executed), patience);
        // A query that is wrong in itself need not be asked again through Grafana.
        const through = await lastingAnswer(() => throughGrafana(source, form), 'error' in direct ? 0 : patience);
        last = { through, direct };
        executed = 'executed' in through ? through.executed : executed;
        const failed = 'error' in through || 'error' in direct;
        const agree = sum(through) > 0 === sum(direct) > 0 && (!untilData || sum(through) > 0);
        return failed || agree ? { done: true, value: last } : { done: false, seen: 'they differ' };
      },
      { within: untilData ? 15_000 : 60_000 },
    );
  } catch (problem) {
    if (last !== undefined) return last;
    throw problem;
  }
}

function throughGrafana({ uid, type, door }: LabSource, { refId, expr, model }: Form): Promise<QueryAnswer> {
  const to = Date.now();
  const from = to - shown * 1000;
  return panelQuery(lab(), door, { refId, datasource: { uid, type }, model: { ...model, expr }, from, to });
}

/** Asks the datasource without Grafana, and what Grafana asked it: some versions answer a faulty query with nothing. */
function directly({ type, base }: LabSource, { expr, model }: Form, executed?: Executed): Promise<QueryAnswer> {
  const text = executed?.expr ?? plain(expr);
  const end = Date.now() / 1000;
  const over = { start: end - shown, end, step: executed?.step ?? shortestStep };
  const instant = model['queryType'] === 'instant' || (model['instant'] === true && model['range'] !== true);
  if (type === 'loki') return instant ? lokiInstantQuery(lab(), base, text) : rangeQuery(lab(), base, text, over);
  return instant ? instantQuery(lab(), base, text) : stretchQuery(lab(), base, text, over);
}

function apart(source: LabSource, there: number, here: number): string {
  return `Grafana finds ${there === 0 ? 'no data' : 'data'} where ${source.type} "${source.name}" has ${here === 0 ? 'none' : 'some'}`;
}

/** Grafana may have a password or a tenant that the lab has not: then it alone can ask. */
function isShut(answer: QueryAnswer): boolean {
  return 'error' in answer && /^status 40[13]\b/.test(answer.error);
}

function sum(answer: QueryAnswer): number {
  return 'error' in answer ? 0 : answer.series;
}

function told(who: string, answer: QueryAnswer): string[] {
  return 'error' in answer ? [`${who} answers with an error: ${answer.error}`] : [];
}
