import type { Matcher } from '../model/alertmanager.ts';
import { parseLogql } from './logql.ts';
import { parsePromql } from './promql.ts';
import { selectorText } from './selector-text.ts';

/** Why a query finds nothing: in words that many share, and what exactly. */
export interface Reason {
  readonly seen: string;
  readonly note: string;
}

/** Whether anything is stored that a selector takes. */
export type Holds = (selector: string) => Promise<boolean>;

interface Part {
  readonly metric?: string;
  readonly matchers: readonly Matcher[];
}

/** A query may read much; the first few parts tell. */
const most = 8;

/**
 * Finds out why a PromQL expression has no result by asking for its parts: is there the metric, the label, the value; is
 * the target down that should bring it.
 * @param holds asked of the same Prometheus, a few times for each selector
 */
export async function whyNoSeries(expr: string, holds: Holds): Promise<Reason> {
  const { selectors } = parsePromql(expr);
  for (const part of distinct(selectors)) {
    const text = selectorText(part);
    if (await holds(text)) continue;
    const { metric } = part;
    if (metric !== undefined && !(await holds(metric))) return absentMetric(metric, part, holds);
    return (await culprit(part, holds)) ?? { seen: 'no data: value absent', note: `no series is ${text}` };
  }
  return {
    seen: 'no data: nothing left',
    note: 'every series it reads is there; its conditions, joins or ranges leave none',
  };
}

/** The same of LogQL: is there the stream, is there a line. */
export async function whyNoLines(expr: string, holds: Holds): Promise<Reason> {
  for (const part of distinct(parseLogql(expr).selectors)) {
    const text = selectorText(part);
    if (await holds(text)) continue;
    return (await culprit(part, holds)) ?? { seen: 'no data: stream absent', note: `no stream is ${text}` };
  }
  return { seen: 'no data: nothing left', note: 'the streams are there; no line of them is left' };
}

async function absentMetric(metric: string, { matchers }: Part, holds: Holds): Promise<Reason> {
  const target = matchers.filter(isTarget);
  const up = selectorText({ metric: 'up', matchers: target });
  if (target.length > 0 && !(await holds(up)))
    return { seen: 'no data: target absent', note: `no target is ${up}, which should bring "${metric}"` };
  if (!(await holds(`${up} == 1`)))
    return { seen: 'no data: target down', note: `every target of ${up} is down, which should bring "${metric}"` };
  const down = target.length === 0 && (await holds('up == 0')) ? ', while some targets are down' : '';
  return { seen: 'no data: metric absent', note: `there is no series of "${metric}"${down}` };
}

function isTarget({ label, op }: Matcher): boolean {
  return op === '=' && (label === 'job' || label === 'instance');
}

/** The one matcher without which something would be found. */
async function culprit(part: Part, holds: Holds): Promise<Reason | undefined> {
  for (const matcher of part.matchers) {
    const others = part.matchers.filter((one) => one !== matcher);
    if (part.metric === undefined && others.every(takesNothing)) continue;
    if (!(await holds(selectorText({ ...part, matchers: others })))) continue;
    const { label, op, value } = matcher;
    const having = selectorText({ ...part, matchers: [...others, { label, op: '=~', value: '.+' }] });
    const rest = selectorText({ ...part, matchers: others });
    if (part.metric === 'up' && isTarget(matcher))
      return {
        seen: 'no data: target absent',
        note: `no target is ${selectorText({ metric: 'up', matchers: [matcher] })}`,
      };
    return (await holds(having))
      ? { seen: 'no data: value absent', note: `no series of ${rest} has ${label}${op}${JSON.stringify(value)}` }
      : { seen: 'no data: label absent', note: `no series of ${rest} has a label "${label}"` };
  }
  return undefined;
}

/** A selector of such matchers alone is refused: it would take everything. */
function takesNothing({ op, value }: Matcher): boolean {
  return op !== '=' || value === '';
}

function distinct(parts: readonly Part[]): Part[] {
  return [...new Map(parts.map((part) => [selectorText(part), part])).values()].slice(0, most);
}
