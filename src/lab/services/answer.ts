import { messageOf } from '../../model/message.ts';
import { eventually } from '../eventually.ts';

/** A service's refusal. `lasting` errors lie in the question itself and come again however often it is asked. */
export interface Refused {
  readonly error: string;
  readonly lasting?: boolean;
}

/** What became of a query: the number of series or streams that hold something, or the server's own error. */
export type QueryAnswer = { readonly series: number; readonly executed?: Executed } | Refused;

/** A query as Grafana's server put it to the datasource; `step` in seconds. */
export interface Executed {
  readonly expr: string;
  readonly step?: number;
}

/**
 * Asks until there is an answer or an error that lasts: a service that still starts, whose ring is empty or whose
 * datasource is not there yet, refuses what it will answer a moment later.
 * @param within milliseconds; with 0 the first answer holds
 */
export async function lastingAnswer<T extends object>(
  ask: () => Promise<T | Refused>,
  within: number,
): Promise<T | Refused> {
  try {
    return await eventually(
      'an answer',
      async () => {
        const answer = await ask();
        return isRefused(answer) && answer.lasting !== true
          ? { done: false, seen: answer.error }
          : { done: true, value: answer };
      },
      { within },
    );
  } catch (problem) {
    const words = messageOf(problem);
    const error = words.replace(/^an answer: not within .*?; last seen: /, '');
    return { error: within === 0 ? error : `${error} (asked for ${within / 1000} s)` };
  }
}

function isRefused(answer: object): answer is Refused {
  return 'error' in answer;
}
