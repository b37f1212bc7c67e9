import { durationSeconds } from '../model/duration.ts';
import { type Shape, scalar, type Test } from './shape.ts';

/** A value as a message may show it. */
export const shown = (value: unknown): string => {
  const text = typeof value === 'string' ? `"${value}"` : String(value);
  return text.length > 60 ? `${text.slice(0, 57)}…${typeof value === 'string' ? '"' : ''}` : text;
};

/** A text as Go's YAML readers take one: any scalar, as it is written; a further test judges that. */
export const text = (test?: (written: string) => string | undefined): Shape => scalar((value) => test?.(String(value)));

/** A text that may not be empty. */
export const filled: Shape = text((written) => (written === '' ? 'is empty' : undefined));

/** A text that no message may show. */
export const secret: Shape = scalar(() => undefined);

/** What to say of a value that is none of some words. */
export const noneOf = (value: unknown, words: readonly string[]): string =>
  `is ${shown(value)}, none of ${words.map((word) => word || '""').join(', ')}`;

/** One of some words. */
export const oneOf = (...words: readonly string[]): Shape =>
  scalar((value) => (words.includes(String(value)) ? undefined : noneOf(value, words)), { mayGrow: true });

/** A truth as Go's YAML readers take one, the words of YAML 1.1 included; "true" in quotes is a text to them. */
export const truth: Shape = scalar((value) =>
  typeof value === 'boolean' || (typeof value === 'string' && /^(?:y|yes|on|n|no|off)$/i.test(value))
    ? undefined
    : `is ${shown(value)}, neither true nor false`,
);

/** A whole number within bounds, as Go's YAML readers take one: a fraction is cut off without a word. */
export const whole = (least = Number.MIN_SAFE_INTEGER, most = Number.MAX_SAFE_INTEGER): Shape =>
  scalar((value) => {
    if (typeof value !== 'number') return `is ${shown(value)}, no number`;
    return Math.trunc(value) < least || value > most ? `is ${value}, not between ${least} and ${most}` : undefined;
  });

/** A number. */
export const number: Shape = scalar((value) =>
  typeof value === 'number' ? undefined : `is ${shown(value)}, no number`,
);

/** A test of a text against a pattern, with the words for what does not match. */
export const matching =
  (pattern: RegExp, wrong: string): Test =>
  (value) =>
    pattern.test(String(value)) ? undefined : `is ${shown(value)}, ${wrong}`;

/** A duration as Prometheus writes one; `positive` where nought will not do. */
export const duration = ({ positive = false } = {}): Shape =>
  scalar((value) => {
    const seconds = durationSeconds(String(value));
    if (seconds === undefined) return `is ${shown(value)}, no duration like 15s or 1h30m`;
    return positive && seconds === 0 ? 'is 0, which is not allowed here' : undefined;
  });
