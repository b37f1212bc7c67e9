import {
  askSource,
  type DashboardSubject,
  expandMacros,
  interpolated,
  type LabSource,
  lastingAnswer,
  lokiAsk,
  type Offered,
  optionsOf,
  prometheusAsk,
  type ResolvedVariable,
  requestOf,
  resolveVariables,
  type Variable,
  type VariableSubject,
  type VariableValues,
  type Way,
} from '../../../src/index.ts';
import type { Found } from '../prove.ts';
import { lab, leftOut } from '../run.ts';
import { grafanaOf } from './door.ts';
import { whyNone } from './reason.ts';
import { type FoundSource, sourceOf } from './sources.ts';
import { warm } from './warm.ts';

/** How long a service may still refuse what it will answer, in milliseconds. */
const starting = 30_000;

/** The time that is shown, in seconds: short, for the lab is young. */
export const shown = 300;

/** What came of asking for a variable, both ways. */
interface Asked {
  readonly source: FoundSource;
  readonly asked: string;
  readonly through?: Offered;
  readonly direct?: Offered;
}

interface Resolution {
  readonly variables: ReadonlyMap<string, ResolvedVariable>;
  readonly asked: ReadonlyMap<Variable, Asked>;
}

type Place = Pick<DashboardSubject, 'service' | 'dashboard'>;

const resolutions = new Map<string, Promise<Resolution>>();

/** The variables of a dashboard, asked for once. */
export function variablesOf({ service, dashboard }: Place): Promise<Resolution> {
  const key = `${service} ${dashboard.file}`;
  const known = resolutions.get(key) ?? resolve({ service, dashboard });
  resolutions.set(key, known);
  return known;
}

async function resolve({ service, dashboard }: Place): Promise<Resolution> {
  await warm();
  const asked = new Map<Variable, Asked>();
  const variables = await resolveVariables(dashboard, grafanaOf(service).datasources, async (variable, values) => {
    const one = await askBothWays(service, variable, values);
    asked.set(variable, one);
    return one.through !== undefined && 'error' in one.through ? (one.direct ?? one.through) : one.through;
  });
  return { variables, asked };
}

async function askBothWays(service: string, variable: Variable, values: VariableValues): Promise<Asked> {
  const source = await sourceOf(service, variable.datasource, values);
  if (!('type' in source)) return { source, asked: '' };
  const text = expandMacros(interpolated(variable.query ?? '', values, source.type), { range: `${shown}s` });
  const question =
    source.type === 'prometheus' ? prometheusAsk(text) : lokiAsk(filled(variable.value['query'], values));
  if (question === undefined) return { source: { unknown: `nobody knows what "${text}" asks for` }, asked: text };
  const ask = (way: Way, patience: number): Promise<Offered> =>
    lastingAnswer(() => offered(source, way, question), patience);
  const direct = await ask('direct', starting);
  const through = await ask('grafana', 'error' in direct ? 0 : starting);
  const series = 'series' in question ? question.series : 'expr' in question ? question.expr : undefined;
  return { source, asked: series ?? '', through, direct };
}

async function offered(source: LabSource, way: Way, question: Parameters<typeof optionsOf>[0]): Promise<Offered> {
  const end = Date.now() / 1000;
  const { path, query } = requestOf(source.type, question, { start: end - shown, end });
  const answer = await askSource(lab(), source, way, path, query);
  return 'error' in answer ? answer : { options: optionsOf(question, answer.data) };
}

/** Loki's editor saves the parts of a query apart. */
function filled(query: unknown, values: VariableValues): unknown {
  if (typeof query === 'string') return interpolated(query, values, 'loki');
  return Object.fromEntries(
    Object.entries(query ?? {}).map(([key, value]) => [
      key,
      typeof value === 'string' ? interpolated(value, values, 'loki') : value,
    ]),
  );
}

/** The variable can be filled: its query answers both ways, and its expression compiles. None to choose is an answer. */
export async function fillable({ service, dashboard, variable }: VariableSubject): Promise<Found> {
  const absent = leftOut(service);
  if (absent !== undefined) return { unknown: absent };
  const { variables, asked } = await variablesOf({ service, dashboard });
  const found = variables.get(variable.name)?.found ?? { error: 'it was not resolved' };
  if (variable.type === 'datasource') return datasourceFound(service, variable, found);
  const one = asked.get(variable);
  if (one === undefined) return { unknown: 'a variable of the same name took its place' };
  const { source, through, direct } = one;
  if ('unknown' in source) return { unknown: source.unknown };
  if ('problem' in source) return { looked: 1, problems: [source.problem] };
  const problems = [
    ...told('Grafana', through),
    ...(isShut(direct) ? [] : told(source.type, direct)),
    ...('error' in found && !anyError(through, direct) ? [`its regular expression fails: ${found.error}`] : []),
  ];
  if (problems.length > 0 || 'error' in found) return { looked: 2, problems };
  if (differ(through, direct))
    return { looked: 2, problems: [`Grafana has ${count(through)} options where ${source.type} has ${count(direct)}`] };
  if (found.options.length > 0) return { looked: 2, problems, seen: 'data', note: `${found.options.length} options` };
  return { looked: 2, problems, ...(await whyEmpty(source, one, count(through))) };
}

async function whyEmpty(source: LabSource, { asked }: Asked, offered: number): Promise<{ seen: string; note: string }> {
  if (offered > 0) return { seen: 'no data: nothing left', note: `its regular expression leaves none of ${offered}` };
  if (asked === '') return { seen: 'no data: label absent', note: 'no series has such a label' };
  return whyNone(source, asked);
}

function datasourceFound(service: string, variable: Variable, found: ResolvedVariable['found']): Found {
  if ('error' in found) return { looked: 1, problems: [`its regular expression fails: ${found.error}`] };
  if (found.options.length > 0)
    return { looked: 1, problems: [], seen: 'data', note: `${found.options.length} options` };
  if (grafanaOf(service).datasources.length === 0)
    return { unknown: 'which datasources Grafana has cannot be told from the files' };
  return { looked: 1, problems: [`no datasource of type "${variable.query ?? ''}" that it takes is provisioned`] };
}

/** Grafana may have a password or a tenant that the lab has not: then it alone can ask. */
function isShut(answer: Offered | undefined): boolean {
  return answer !== undefined && 'error' in answer && /^status 40[13]\b/.test(answer.error);
}

function told(who: string, answer: Offered | undefined): string[] {
  return answer !== undefined && 'error' in answer ? [`${who} answers with an error: ${answer.error}`] : [];
}

function anyError(...answers: readonly (Offered | undefined)[]): boolean {
  return answers.some((answer) => answer !== undefined && 'error' in answer);
}

function differ(through: Offered | undefined, direct: Offered | undefined): boolean {
  return !isShut(direct) && (count(through) === 0) !== (count(direct) === 0);
}

function count(answer: Offered | undefined): number {
  return answer === undefined || 'error' in answer ? 0 : answer.options.length;
}
