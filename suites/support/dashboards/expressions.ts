import {
  eventually,
  interpolated,
  isExpression,
  lastingAnswer,
  type PanelQuestion,
  panelQuery,
  type QuerySubject,
  type VariableValues,
  withGlobals,
} from '../../../src/index.ts';
import { lab } from '../run.ts';
import { doorOf } from './door.ts';
import { filled } from './filled.ts';
import { type Met, starting } from './met.ts';
import { sourceOf } from './sources.ts';
import { shown } from './variables.ts';

/** Milliseconds until there is a sample at a whole step, at which Grafana looks. */
const whole = 20_000;

type Question = Omit<PanelQuestion, 'from' | 'to'>;
type Asked = Pick<QuerySubject, 'service' | 'query'>;

/**
 * Grafana works a query out from the others of its panel without an error: all are sent at once, as the browser does.
 * Nobody but Grafana knows the answer, so there is none to hold it against.
 */
export async function workedOut(
  { service, dashboard, query, inputs = [] }: QuerySubject,
  chosen: VariableValues,
): Promise<Met> {
  const [from, to] = [Date.now() - shown * 1000, Date.now()];
  const values = withGlobals(chosen, { from, to, dashboard: dashboard.title ?? '' });
  const questions: Question[] = [];
  for (const one of inputs) {
    const question = await questionOf({ service, query: one }, values);
    if (!('refId' in question)) return question;
    questions.push(question);
  }
  const mine = (): PanelQuestion => ({
    ...expressionOf(query, values),
    from: Date.now() - shown * 1000,
    to: Date.now(),
  });
  const door = await doorOf(service);
  const looked = 1 + questions.length;
  let answer = await lastingAnswer(() => panelQuery(lab(), door, mine(), questions), starting);
  await eventually(
    'there is data',
    async () => {
      if ('error' in answer || answer.series > 0) return { done: true, value: answer };
      answer = await panelQuery(lab(), door, mine(), questions);
      return { done: false, seen: 'none' };
    },
    { within: whole },
  ).catch(() => undefined);
  if ('error' in answer) return { looked, problems: [`Grafana answers with an error: ${answer.error}`] };
  if (answer.series > 0) return { looked, problems: [], seen: 'data' };
  return { looked, problems: [], seen: 'no data: reason unknown', note: 'Grafana alone works it out' };
}

async function questionOf({ service, query }: Asked, values: VariableValues): Promise<Question | Met> {
  if (isExpression(query)) return expressionOf(query, values);
  const source = await sourceOf(service, query.datasource, values);
  if ('unknown' in source) return source;
  if ('problem' in source) return { looked: 1, problems: [source.problem] };
  const { uid, type } = source;
  const expr = interpolated(query.expr?.value ?? '', values, type);
  return { refId: query.refId, datasource: { uid, type }, model: { ...filled(query.value, values), expr } };
}

function expressionOf({ refId, value }: QuerySubject['query'], values: VariableValues): Question {
  return { refId, datasource: { uid: '__expr__', type: '__expr__' }, model: filled(value, values) };
}
