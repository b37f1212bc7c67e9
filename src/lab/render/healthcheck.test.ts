import { describe, expect, it } from 'vitest';
import { treeOf } from '../../model/tree.ts';
import { readRepository } from '../../read/repository.ts';
import { renderHealthcheck } from './healthcheck.ts';

function rendered(
  image: string,
  healthcheck: unknown,
  startInterval = true,
): { result: Record<string, unknown>; notes: string[] } {
  const compose = JSON.stringify({
    services: { one: { image, ...(healthcheck === undefined ? {} : { healthcheck }) } },
  });
  const service = readRepository(treeOf({ 'compose.yml': compose })).stacks[0]?.services[0];
  if (service === undefined) throw new Error('no service was read');
  const result: Record<string, unknown> = { ...service.definition };
  const notes: string[] = [];
  renderHealthcheck(
    service,
    result,
    (what, from, to) => notes.push(`${what}: ${String(from)} → ${String(to)}`),
    startInterval,
  );
  return { result, notes };
}

describe('renderHealthcheck', () => {
  const written = { test: ['CMD', 'true'], interval: '30s', retries: 5, start_period: '20s' };

  it('probes more often until the service is healthy, for as long as it may take', () => {
    const { result, notes } = rendered('prom/prometheus:v2.47.0', written);
    expect(result['healthcheck']).toEqual({ ...written, start_interval: '2s', start_period: '170s' });
    expect(notes).toEqual(['healthcheck.start_interval:  → 2s', 'healthcheck.start_period: 20s → 170s']);
  });

  it('probes more often and as long in all where the engine has no interval for the start', () => {
    const { result, notes } = rendered('prom/prometheus:v2.47.0', written, false);
    expect(result['healthcheck']).toEqual({ ...written, interval: '2s', retries: 75 });
    expect(notes).toEqual(['healthcheck.interval: 30s → 2s', 'healthcheck.retries: 5 → 75']);
  });

  it('speeds up the probe that the image of cAdvisor brings', () => {
    expect(rendered('gcr.io/cadvisor/cadvisor:v0.47.2', undefined).result['healthcheck']).toEqual({
      start_interval: '2s',
      start_period: '90s',
    });
  });

  it.each([
    ['prom/prometheus:v2.47.0', undefined],
    ['prom/prometheus:v2.47.0', { test: ['CMD', 'true'], interval: '1s' }],
    ['gcr.io/cadvisor/cadvisor:v0.47.2', { disable: true }],
    ['prom/prometheus:v2.47.0', { test: ['NONE'] }],
  ])('leaves %s with %j alone', (image, healthcheck) => {
    expect(rendered(image, healthcheck).notes).toEqual([]);
  });
});
