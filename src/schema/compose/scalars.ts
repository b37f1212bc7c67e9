import { noneOf, shown } from '../scalars.ts';
import { either, list, map, nullable, type RecordFault, type Shape, scalar, type Test } from '../shape.ts';

/** A text with a variable is whatever the variable makes of it. */
const unlessOpen =
  (test: Test): Test =>
  (value) =>
    typeof value === 'string' && value.includes('$') ? undefined : test(value);

/** A text, and no number: compose does not make one of the other. */
export const word = (test: Test = () => undefined): Shape =>
  scalar(
    unlessOpen((value) =>
      typeof value === 'string' ? test(value) : `is ${shown(value)}, which is no text without quotes`,
    ),
  );

/** One of some words. */
export const wordOf = (...words: readonly string[]): Shape =>
  word((value) => (words.includes(String(value)) ? undefined : noneOf(value, words)));

/** A text or a number. */
export const wordOrNumber = (test: Test = () => undefined): Shape =>
  scalar(
    unlessOpen((value) =>
      typeof value === 'string' || typeof value === 'number'
        ? test(value)
        : `is ${shown(value)}, neither text nor number`,
    ),
  );

/** A number, be it written in quotes. */
export const count: Shape = wordOrNumber((value) =>
  /^[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?$/i.test(String(value)) ? undefined : `is ${shown(value)}, no number`,
);

/** A truth, be it written as a word of YAML 1.1. */
export const yes: Shape = scalar(
  unlessOpen((value) =>
    typeof value === 'boolean' ||
    (typeof value === 'string' && /^(?:|t|true|y|yes|on|1|f|false|n|no|off|0)$/i.test(value))
      ? undefined
      : `is ${shown(value)}, neither true nor false`,
  ),
);

/** A duration as Go and compose write one: `1m30s`, `1.5h`, `2d`. */
export const span: Shape = word((value) =>
  /^[-+]?(?:0|(?:(?:\d+\.?\d*|\.\d+)(?:ns|us|µs|μs|ms|s|m|h|d|w))+)$/.test(String(value))
    ? undefined
    : `is ${shown(value)}, no duration with a unit, like 30s`,
);

const isSize: Test = (value) =>
  typeof value === 'number' || /^\d+(?:\.\d+)? ?(?:[kmgtp]?(?:i?b)?|b)$/i.test(String(value))
    ? /^\d+(?:\.\d+)? ?[kmgtp]i$/i.test(String(value))
      ? `is ${shown(value)}, no size like 512M or 2GiB`
      : undefined
    : `is ${shown(value)}, no size like 512M or 2GiB`;

/** A number of bytes, as a number or with a unit. */
export const bytes: Shape = wordOrNumber(isSize);

/** A number of bytes that must be a text. */
export const bytesInWords: Shape = word(isSize);

/** The same, or -1 for no bound. */
export const bytesOrUnbound: Shape = wordOrNumber((value) => (String(value) === '-1' ? undefined : isSize(value)));

/** A list of texts. */
export const words: Shape = list(word());

/** One text or several. */
export const wordOrWords: Shape = either(word(), words);

/** Any single value. */
export const any: Shape = scalar(() => undefined);

/** `NAME=value` as a list, or a mapping. */
export const pairs: Shape = either(map(nullable(any)), words);

/** Options of a driver. */
export const options: Shape = map(wordOrNumber());

/** A list in which nothing may stand twice. */
export const distinct = (of: Shape): Shape =>
  list(of, (items): RecordFault[] => {
    const again = items.findIndex((item, index) => items.indexOf(item) < index);
    return again === -1 ? [] : [{ route: [again], wrong: 'stands in the list already', kind: 'conflict' }];
  });
