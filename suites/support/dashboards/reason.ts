import {
  askSource,
  instantQuery,
  type LabSource,
  messageOf,
  type Reason,
  whyNoLines,
  whyNoSeries,
} from '../../../src/index.ts';
import { lab } from '../run.ts';

/** Why a datasource has nothing for a query, found by asking it for the parts. */
export async function whyNone(source: LabSource, expr: string): Promise<Reason> {
  try {
    return source.type === 'loki'
      ? await whyNoLines(expr, (selector) => holdsStream(source, selector))
      : await whyNoSeries(expr, (selector) => holdsSeries(source, selector));
  } catch (problem) {
    const words = messageOf(problem);
    return { seen: 'no data: reason unknown', note: words };
  }
}

async function holdsSeries({ base }: LabSource, selector: string): Promise<boolean> {
  const answer = await instantQuery(lab(), base, `count(${selector})`);
  if ('error' in answer) throw new Error(`"${selector}" could not be asked for: ${answer.error}`);
  return answer.series > 0;
}

async function holdsStream(source: LabSource, selector: string): Promise<boolean> {
  const answer = await askSource(lab(), source, 'direct', 'series', [['match[]', selector]]);
  if ('error' in answer) throw new Error(`"${selector}" could not be asked for: ${answer.error}`);
  return Array.isArray(answer.data) && answer.data.length > 0;
}
