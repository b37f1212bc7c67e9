import { describe, expect, it } from 'vitest';
import { treeOf } from '../../model/tree.ts';
import { readRepository } from '../../read/repository.ts';
import { faultSubjects } from './faults.ts';

const [stack] = readRepository(
  treeOf({
    'compose.yml': `services:
  web: { image: 'nginx:1.25', volumes: ['web:/var/www'] }
  grafana: { image: 'grafana/grafana:10.2.0', volumes: ['grafana:/var/lib/grafana'] }
  prometheus: { image: 'prom/prometheus:v2.47.0', restart: 'on-failure:3', volumes: ['data:/prometheus:ro'] }
  loki: { image: 'grafana/loki:2.9.2', deploy: { restart_policy: { condition: on-failure, max_attempts: 2 } } }
  promtail: { image: 'grafana/promtail:2.9.2', network_mode: 'service:loki', restart: 'on-failure:9' }
  shared: { image: 'grafana/grafana:10.2.0', volumes: ['grafana:/g'], environment: { GF_DATABASE_TYPE: postgres } }
  ring: { image: 'grafana/loki:2.9.2', command: '-config.file=/l.yml', volumes: ['./l.yml:/l.yml', 'data:/loki'] }
volumes: { web: , grafana: , data: }
`,
    'l.yml': 'common: { ring: { kvstore: { store: memberlist } } }\n',
  }),
).stacks;

describe('the faults that are claimed', () => {
  const subjects = stack === undefined ? [] : faultSubjects(stack);
  const of = (fault: string): string[] =>
    subjects.filter((one) => one.fault === fault).map(({ service, wave }) => `${service.name} ${wave.slice(-1)}`);

  it.each([
    ['paused', ['promtail 0', 'prometheus 1', 'loki 1', 'ring 1', 'grafana 2', 'shared 2']],
    ['cut from the network', ['prometheus 1', 'loki 1', 'ring 1', 'grafana 2', 'shared 2']],
    ['killed', ['promtail 0', 'prometheus 1', 'loki 1', 'ring 1', 'grafana 2', 'shared 2']],
    ['disk full', ['grafana 2']],
    ['restarts used up', ['prometheus 1', 'loki 1']],
  ])('"%s" befalls the products it can befall, side by side', (fault, services) => {
    expect(of(fault)).toEqual(services);
  });

  it('are named for their service', () => {
    expect(subjects.map(({ claim }) => claim.id)).toContain('faults: grafana cut from the network');
    expect(new Set(subjects.map(({ claim }) => claim.id)).size).toBe(subjects.length);
  });
});
