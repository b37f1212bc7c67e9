import { durationSeconds } from '../model/duration.ts';

/** Seconds of a duration of an expression, or what is wrong with it: Prometheus counts nanoseconds in 63 bits. */
export function exactDuration(text: string): { readonly seconds: number; readonly problem?: string } {
  const seconds = durationSeconds(text);
  if (seconds === undefined) return { seconds: 0, problem: 'is no duration' };
  if (seconds === 0) return { seconds, problem: 'must be longer than 0' };
  return seconds * 1e9 < 2 ** 63 ? { seconds } : { seconds, problem: 'is out of range' };
}

/** The value of a number literal, or what is wrong with it: whole numbers are read as Go reads them, `017` in base eight. */
export function exactNumber(text: string): { readonly value: number; readonly problem?: string } {
  // Most are short and of digits alone: those need no closer look.
  if (text.length < 16 && /^(?:0|[1-9]\d*)$/.test(text)) return { value: Number(text) };
  if (/^inf$/i.test(text)) return { value: Number.POSITIVE_INFINITY };
  if (/^nan$/i.test(text)) return { value: Number.NaN };
  const hexadecimal = /^0x/i.test(text);
  const form = hexadecimal ? /^0x[0-9a-f]+$/i : /^(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;
  if (!form.test(text)) return { value: Number.NaN, problem: `"${text}" is no number` };
  const value = /^0[0-7]+$/.test(text) ? Number.parseInt(text, 8) : Number(text);
  const beyond = hexadecimal ? BigInt(text) >= 2n ** 63n : !Number.isFinite(value);
  return beyond ? { value, problem: `"${text}" is out of range` } : { value };
}
