import { shown } from '../scalars.ts';
import { type Shape, scalar } from '../shape.ts';

const goForm = /^[-+]?(?:0|(?:(?:\d+\.?\d*|\.\d+)(?:ns|us|µs|μs|ms|s|m|h))+)$/;

/** A duration as Go writes one: no days, no weeks. A bare number is one too, and counts nanoseconds. */
export const goDuration: Shape = scalar((value) =>
  typeof value === 'number' || goForm.test(String(value))
    ? undefined
    : `is ${shown(value)}, no duration like 30s or 1h30m`,
);

/** A whole number as Go's YAML reader takes one: a fraction is cut off. */
export const integer = (least = Number.NEGATIVE_INFINITY): Shape =>
  scalar((value) => {
    if (typeof value !== 'number') return `is ${shown(value)}, no number`;
    return value < least ? `is ${value}, below ${least}` : undefined;
  });

/** A number of bytes, in plain figures or with a unit in any case. */
export const byteSize: Shape = scalar((value) =>
  /^[\d.,]+\s*(?:[kmgtpe]?i?b?)$/i.test(String(value)) ? undefined : `is ${shown(value)}, no size like 64MB`,
);

/** A day. */
export const day: Shape = scalar((value) => {
  const text = value instanceof Date ? value.toISOString().slice(0, 10) : String(value);
  const real = /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text));
  return real ? undefined : `is ${shown(value)}, no day like 2024-01-31`;
});
