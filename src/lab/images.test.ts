import { describe, expect, it } from 'vitest';
import { findEngine } from './engine.ts';
import { resolveImages, sameRepositories } from './images.ts';

const engine = await findEngine();

describe('an image of the engine', () => {
  it('that is a substitute stays one under the name of the pinned image', async ({ skip }) => {
    if ('missing' in engine) return skip(engine.missing);
    const { docker } = engine;
    const filters = JSON.stringify({ label: ['stackproof.substitute=true'], dangling: ['false'] });
    const [first] = await docker.listImages({ filters });
    if (first === undefined) return skip('there is no substitute here');
    const name = `stackproof-test/renamed:${process.pid}`;
    const [repo = '', tag = ''] = name.split(':');
    await docker.getImage(first.Id).tag({ repo, tag });
    try {
      const wanted = { some: name };
      const { used } = await resolveImages(docker, wanted, { pull: false, substitutes: 'allow' });
      expect(used).toMatchObject([{ how: 'substitute', note: expect.stringContaining('built from') }]);
      const { missing } = await resolveImages(docker, wanted, { pull: false, substitutes: 'refuse' });
      expect(missing).toMatchObject([{ pinned: name, substitute: name }]);
    } finally {
      await docker.getImage(name).remove();
    }
  });
});

describe('a repository', () => {
  it.each([
    ['prom/prometheus', ['prom/prometheus']],
    ['docker.io/prom/prometheus', ['docker.io/prom/prometheus', 'prom/prometheus']],
    ['quay.io/prometheus/node-exporter', ['quay.io/prometheus/node-exporter', 'prom/node-exporter']],
    ['docker.io/grafana/grafana-oss', ['docker.io/grafana/grafana-oss', 'grafana/grafana-oss', 'grafana/grafana']],
    ['registry.example.org/prom/prometheus', ['registry.example.org/prom/prometheus']],
  ])('%s is also known as %j', (repository, names) => {
    expect(sameRepositories(repository)).toEqual(names);
  });
});
