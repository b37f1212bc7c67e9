/** What a caught value says of itself: an error's message, anything else as text. */
export function messageOf(problem: unknown): string {
  return problem instanceof Error ? problem.message : String(problem);
}
