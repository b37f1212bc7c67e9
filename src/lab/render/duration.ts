const units: Readonly<Record<string, number>> = {
  ms: 0.001,
  s: 1,
  m: 60,
  h: 3600,
  d: 86_400,
  w: 604_800,
  y: 31_536_000,
};

/** Seconds of a duration as Prometheus and Alertmanager write it (`1m30s`); undefined where it is none. */
export function seconds(value: unknown): number | undefined {
  if (typeof value !== 'string') return value === 0 ? 0 : undefined;
  if (value === '0') return 0;
  if (!/^(?:\d+(?:ms|[smhdwy]))+$/.test(value)) return undefined;
  let sum = 0;
  for (const [, digits = '0', unit = 's'] of value.matchAll(/(\d+)(ms|[smhdwy])/g))
    sum += Number(digits) * (units[unit] ?? 0);
  return sum;
}
