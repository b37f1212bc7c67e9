import type { Service } from '../../model/stack.ts';
import { seconds } from './duration.ts';
import { mapping } from './json.ts';

/** Seconds between two health probes in the lab. */
const fastest = 2;
/** What the engine takes where nothing is written (https://docs.docker.com/reference/dockerfile/#healthcheck). */
const defaults = { interval: 30, retries: 3 };
const why =
  'acceleration: the lab probes every 2 s, and as often in all as it would take until the service counts as ill';

type Note = (what: string, from: unknown, to: unknown, why: string) => void;

/**
 * Shortens the time between health probes and raises their number in proportion, so that a service has as long to
 * become healthy as it would have. cAdvisor's image brings a probe of its own.
 */
export function renderHealthcheck(service: Service, result: Record<string, unknown>, note: Note): void {
  const written = mapping(result['healthcheck']);
  if (written === undefined && service.product !== 'cadvisor') return;
  const test = written?.['test'];
  if (written?.['disable'] === true || (Array.isArray(test) && test[0] === 'NONE')) return;
  const interval = seconds(written?.['interval']) ?? defaults.interval;
  if (interval <= fastest) return;
  const retries = typeof written?.['retries'] === 'number' ? written['retries'] : defaults.retries;
  const scaled = Math.ceil((retries * interval) / fastest);
  note('healthcheck.interval', written?.['interval'] ?? '', `${fastest}s`, why);
  note('healthcheck.retries', written?.['retries'] ?? '', scaled, why);
  result['healthcheck'] = { ...written, interval: `${fastest}s`, retries: scaled };
}
