import { eventually } from '../eventually.ts';

/**
 * What became of a query: the number of series or streams, or the server's own error. `lasting` errors lie in the query
 * itself and come again however often it is asked.
 */
export type QueryAnswer = { readonly series: number } | { readonly error: string; readonly lasting?: boolean };

/**
 * Asks until there is an answer or an error that lasts: a service that still starts, whose ring is empty or whose
 * datasource is not there yet, refuses what it will answer a moment later.
 * @param within milliseconds; with 0 the first answer holds
 */
export async function lastingAnswer(ask: () => Promise<QueryAnswer>, within: number): Promise<QueryAnswer> {
  try {
    return await eventually(
      'an answer',
      async () => {
        const answer = await ask();
        return 'error' in answer && answer.lasting !== true
          ? { done: false, seen: answer.error }
          : { done: true, value: answer };
      },
      { within },
    );
  } catch (problem) {
    const words = problem instanceof Error ? problem.message : String(problem);
    const error = words.replace(/^an answer: not within .*?; last seen: /, '');
    return { error: within === 0 ? error : `${error} (asked for ${within / 1000} s)` };
  }
}
