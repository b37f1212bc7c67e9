const units: Readonly<Record<string, number>> = {
  ms: 0.001,
  s: 1,
  m: 60,
  h: 3600,
  d: 86_400,
  w: 604_800,
  y: 31_536_000,
};
const form = /^(?:(\d+)y)?(?:(\d+)w)?(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?(?:(\d+)ms)?$/;

const known = new Map<string, number | undefined>();
const mostKnown = 10_000;

/**
 * Seconds of a Prometheus duration (`1h30m`, `15s`, `0`); undefined where it is none.
 * See https://prometheus.io/docs/prometheus/latest/configuration/configuration/.
 */
export function durationSeconds(text: string): number | undefined {
  const before = known.get(text);
  if (before !== undefined || known.has(text)) return before;
  if (known.size >= mostKnown) known.clear();
  const seconds = secondsOf(text);
  known.set(text, seconds);
  return seconds;
}

function secondsOf(text: string): number | undefined {
  if (text === '0') return 0;
  if (text === '' || !form.test(text)) return undefined;
  let sum = 0;
  for (const [, amount, unit] of text.matchAll(/(\d+)(ms|[smhdwy])/g)) sum += Number(amount) * (units[unit ?? ''] ?? 0);
  return sum;
}
