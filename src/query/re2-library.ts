import { RE2JS } from 're2js';

/** A compiled pattern, as far as it is used here. */
export interface Compiled {
  readonly matches: (text: string) => boolean;
}

/** Compiles a pattern with the library; its words where it refuses. Loaded where a pattern needs it: it is large. */
export function compileRe2(pattern: string): Compiled | string {
  try {
    return RE2JS.compile(pattern);
  } catch (problem) {
    return problem instanceof Error ? problem.message : String(problem);
  }
}
