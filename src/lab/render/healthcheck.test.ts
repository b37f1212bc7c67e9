import { describe, expect, it } from 'vitest';
import { treeOf } from '../../model/tree.ts';
import { readRepository } from '../../read/repository.ts';
import { renderHealthcheck } from './healthcheck.ts';

function rendered(image: string, healthcheck: unknown): { result: Record<string, unknown>; notes: string[] } {
  const compose = JSON.stringify({
    services: { one: { image, ...(healthcheck === undefined ? {} : { healthcheck }) } },
  });
  const service = readRepository(treeOf({ 'compose.yml': compose })).stacks[0]?.services[0];
  if (service === undefined) throw new Error('no service was read');
  const result: Record<string, unknown> = { ...service.definition };
  const notes: string[] = [];
  renderHealthcheck(service, result, (what, from, to) => notes.push(`${what}: ${String(from)} → ${String(to)}`));
  return { result, notes };
}

describe('renderHealthcheck', () => {
  it('probes more often, and as long in all', () => {
    const { result, notes } = rendered('prom/prometheus:v2.47.0', {
      test: ['CMD', 'true'],
      interval: '30s',
      retries: 5,
    });
    expect(result['healthcheck']).toEqual({ test: ['CMD', 'true'], interval: '2s', retries: 75 });
    expect(notes).toEqual(['healthcheck.interval: 30s → 2s', 'healthcheck.retries: 5 → 75']);
  });

  it('speeds up the probe that the image of cAdvisor brings', () => {
    expect(rendered('gcr.io/cadvisor/cadvisor:v0.47.2', undefined).result['healthcheck']).toEqual({
      interval: '2s',
      retries: 45,
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
