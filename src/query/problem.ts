/** One fault of a query, with its place in the text. */
export interface QueryProblem {
  readonly message: string;
  readonly span: readonly [start: number, end: number];
}
