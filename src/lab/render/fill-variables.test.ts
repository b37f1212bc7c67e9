import { describe, expect, test } from 'vitest';
import { treeOf } from '../../model/tree.ts';
import { readRepository } from '../../read/repository.ts';
import { type RenderedStack, type RenderOptions, renderStack } from '../render.ts';

const base: RenderOptions = {
  project: 'lab-1',
  images: {},
  helperImage: 'node:24',
  labels: { 'stackproof.lab': 'lab-1' },
};

function render(
  compose: string,
  files: Record<string, string> = {},
  options: Partial<RenderOptions> = {},
): RenderedStack & { service: (name: string) => Record<string, unknown>; why: (what: string) => string | undefined } {
  const tree = treeOf({ 'mon/compose.yml': compose, ...files });
  const [stack] = readRepository(tree).stacks;
  if (stack === undefined) throw new Error('no stack in the test tree');
  const rendered = renderStack(tree, stack, { ...base, ...options });
  const services: Record<string, Record<string, unknown>> = Object.assign({}, rendered.compose['services']);
  return {
    ...rendered,
    service: (name) => services[name] ?? {},
    why: (what) => rendered.differences.find((one) => one.what === what)?.why,
  };
}

describe('variables', () => {
  test('that nothing defines get a value of the run where they are secret, and none otherwise', () => {
    const rendered = render(
      'services: { a: { image: "prom/alertmanager:v0.26.0", environment: ["SMTP_PASSWORD=${SMTP_PASSWORD}", "STAGE=${STAGE}", "DSN=u:${DB_PASSWORD:?set it}@${HOST:-db}", "KEPT=$$x", "LEVEL=${LEVEL:-info}"] } }',
    );
    expect(rendered.service('a')['environment']).toEqual({
      SMTP_PASSWORD: expect.stringMatching(/^made-up-/),
      STAGE: '',
      DSN: expect.stringMatching(/^u:made-up-[0-9a-f]+@db$/),
      KEPT: '$x',
      LEVEL: 'info',
    });
    expect(rendered.why('services.a.environment.SMTP_PASSWORD')).toContain('made-up');
    expect(rendered.why('services.a.environment.LEVEL')).toBeUndefined();
    expect(JSON.stringify(rendered.differences)).not.toMatch(/made-up-[0-9a-f]{6}/);
  });

  test('that name a proxy are dropped', () => {
    const rendered = render(
      'services: { p: { image: "prom/prometheus:v2", environment: { HTTPS_PROXY: "http://proxy.corp:3128" } } }',
    );
    expect(rendered.service('p')).not.toHaveProperty('environment');
  });
});
