import { RE2JS } from 're2js';
import { messageOf } from '../model/message.ts';

/** A compiled pattern, as far as it is used here. */
export interface Compiled {
  readonly matches: (text: string) => boolean;
  /** The text and its groups, where the whole text matches. */
  readonly groups: (text: string) => string[] | undefined;
}

/** Compiles a pattern with the library; its words where it refuses. Loaded where a pattern needs it: it is large. */
export function compileRe2(pattern: string): Compiled | string {
  try {
    const made = RE2JS.compile(pattern);
    const groups = (text: string): string[] | undefined => {
      const matcher = made.matcher(text);
      if (!matcher.matches()) return undefined;
      return Array.from({ length: matcher.groupCount() + 1 }, (_, group) => matcher.group(group) ?? '');
    };
    return { matches: (text) => made.matches(text), groups };
  } catch (problem) {
    return messageOf(problem);
  }
}
