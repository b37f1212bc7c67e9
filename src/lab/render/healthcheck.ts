import type { Service } from '../../model/stack.ts';
import { seconds } from './duration.ts';
import { mapping } from './json.ts';

/** Seconds between two health probes in the lab. */
const fastest = 2;
/** What the engine takes where nothing is written (https://docs.docker.com/reference/dockerfile/#healthcheck). */
const defaults = { interval: 30, retries: 3, startPeriod: 0 };

type Note = (what: string, from: unknown, to: unknown, why: string) => void;

/**
 * Shortens the time between health probes until a service is healthy, which has as long to become so as it would have.
 * An engine that knows `start_interval` probes as seldom as written from then on, since probes cost processor time; an
 * older one goes on with the short time, and with as many more tries. cAdvisor's image brings a probe of its own.
 */
export function renderHealthcheck(
  service: Service,
  result: Record<string, unknown>,
  note: Note,
  startInterval: boolean,
): void {
  const written = mapping(result['healthcheck']);
  if (written === undefined && service.product !== 'cadvisor') return;
  const test = written?.['test'];
  if (written?.['disable'] === true || (Array.isArray(test) && test[0] === 'NONE')) return;
  const interval = seconds(written?.['interval']) ?? defaults.interval;
  if (interval <= fastest) return;
  const retries = typeof written?.['retries'] === 'number' ? written['retries'] : defaults.retries;
  const changed = startInterval ? atStart(written, interval * retries) : always(interval * retries);
  for (const [key, { value, why }] of Object.entries(changed))
    note(`healthcheck.${key}`, written?.[key] ?? '', value, why);
  const values = Object.entries(changed).map(([key, { value }]) => [key, value]);
  result['healthcheck'] = { ...written, ...Object.fromEntries(values) };
}

type Changes = Record<string, { readonly value: string | number; readonly why: string }>;

/** `start_interval` holds within `start_period` and until the first success (https://docs.docker.com/reference/compose-file/services/#healthcheck). */
function atStart(written: Record<string, unknown> | undefined, untilIll: number): Changes {
  const why = 'acceleration: the lab probes every 2 s for as long as it would take until the service counts as ill';
  const period = (seconds(written?.['start_period']) ?? defaults.startPeriod) + untilIll;
  return { start_interval: { value: `${fastest}s`, why }, start_period: { value: `${Math.ceil(period)}s`, why } };
}

function always(untilIll: number): Changes {
  const why =
    'acceleration: the lab probes every 2 s, and as often in all as it would take until the service counts as ill';
  return { interval: { value: `${fastest}s`, why }, retries: { value: Math.ceil(untilIll / fastest), why } };
}
