const units: Readonly<Record<string, number>> = {
  ns: 1e-9,
  us: 1e-6,
  µs: 1e-6,
  ms: 1e-3,
  s: 1,
  m: 60,
  h: 3600,
  d: 86_400,
};

/** Seconds of a duration as Go writes one (`1m30s`, `0.5h`); undefined where it is none. */
export function goSeconds(text: string): number | undefined {
  if (!/^(?:(?:\d+\.?\d*|\.\d+)(?:ns|us|µs|ms|s|m|h|d))+$/.test(text)) return text === '0' ? 0 : undefined;
  let sum = 0;
  for (const [, amount, unit = ''] of text.matchAll(/([\d.]+)(ns|us|µs|ms|s|m|h|d)/g))
    sum += Number(amount) * (units[unit] ?? 0);
  return sum;
}
