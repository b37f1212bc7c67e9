import { describe, expect, it } from 'vitest';
import { composeOf, prometheus, told } from '../test-support.ts';
import { deadTarget } from './dead-target.ts';

const scraping = (target: string, rest = ''): string =>
  `scrape_configs:\n  - job_name: a\n    static_configs:\n      - targets: ['${target}']\n${rest}`;
const node = 'image: prom/node-exporter:v1.6.1\nports: ["9111:9100"]';
const check = (target: string, services: Readonly<Record<string, string>>, rest = '', jobRest = ''): string[] =>
  told(deadTarget, {
    'docker-compose.yml': composeOf({ prometheus, ...services }, rest),
    'prometheus.yml': scraping(target, jobRest),
  });
const at = 'prometheus.yml:4';

describe('prometheus/dead-target', () => {
  it.each([
    ['a service', 'node:9100', { node }],
    ['a container name', 'exporter-1:9100', { node: `${node}\ncontainer_name: exporter-1` }],
    ['a service in the network of Prometheus', 'node:9100', { node: `${node}\nnetwork_mode: "service:prometheus"` }],
    ['an alias', 'hosts:9100', { node: `${node}\nnetworks:\n  default:\n    aliases: [hosts]` }],
    ['Prometheus itself', 'localhost:9090', {}],
    ['a probe, which is a URL', 'https://shop.example.com/health', {}],
    ['a port that is both of the host and of the container', 'node:9100', { node: `${node}\nexpose: [9100]` }],
  ])('is silent about %s', (_, target, services) => {
    expect(check(target, services)).toEqual([]);
  });

  it('is silent where the job writes the address anew', () => {
    const relabel = '    relabel_configs:\n      - target_label: __address__\n        replacement: blackbox:9115\n';
    expect(check('shop', {}, '', relabel)).toEqual([]);
  });

  it.each([
    ['nobody', 'gone:9100', {}, 'Target "gone:9100" of job "a" is no service of the stack, so it is never up'],
    [
      'the wrong self',
      'localhost:9100',
      { node },
      'Target "localhost:9100" of job "a" is the container of Prometheus itself, which does not listen there, so it is never up',
    ],
    [
      'a service in another network',
      'node:9100',
      { node: `${node}\nnetworks: [other]` },
      'Target "node:9100" of job "a" and "prometheus" share no network, so it is never up',
    ],
    [
      'a service in the network of the host',
      'node:9100',
      { node: `${node}\nnetwork_mode: host` },
      'Target "node:9100" of job "a" and "prometheus" share no network, so it is never up',
    ],
    [
      'a service of the stack, from the network of the host',
      'node:9100',
      { node, prometheus: `${prometheus}\nnetwork_mode: host` },
      'Target "node:9100" of job "a" and "prometheus" share no network, so it is never up',
    ],
    [
      'a published port',
      'node:9111',
      { node },
      'Target "node:9111" of job "a" uses a port that only the host has; in the network it is 9100, so it is never up',
    ],
  ])('finds %s', (_, target, services, message) => {
    expect(check(target, services)).toEqual([`error ${at} ${message}`]);
  });

  it.each([
    ['an address', '10.0.0.5:9100', {}, ''],
    ['a host name of the world', 'metrics.example.com:443', {}, ''],
    [
      'a name that "extra_hosts" leads away',
      'db:9100',
      { prometheus: `${prometheus}\nextra_hosts: ["db:10.0.0.1"]` },
      '',
    ],
    [
      'a name an external network may have',
      'db:9100',
      { prometheus: `${prometheus}\nnetworks: [shared]` },
      'networks:\n  shared:\n    external: true\n',
    ],
    [
      'the host, where the network is the host',
      'localhost:9100',
      { prometheus: `${prometheus}\nnetwork_mode: host` },
      '',
    ],
    ['a host without its own name yet', '${HOST}:9100', {}, ''],
  ])('tells that %s is not known', (_, target, services, rest) => {
    expect(check(target, services, rest)).toEqual([expect.stringMatching(/^info prometheus.yml:4 .*cannot be told$/)]);
  });

  it('looks into the compose files beside its own', () => {
    const texts = {
      'docker-compose.yml': composeOf({ prometheus }),
      'docker-compose.apps.yml': 'services:\n  shop:\n    image: shop:1\n',
      'prometheus.yml': scraping('shop:80'),
    };
    expect(told(deadTarget, texts)).toEqual([expect.stringMatching(/^info /)]);
  });

  it('is silent about the unknown where another stack with the same configuration knows it', () => {
    const shared = `${prometheus}\nnetworks: [shared]`;
    const texts = {
      'a/docker-compose.yml': composeOf({ prometheus: shared, node }, 'networks:\n  shared:\n').replace('./', '../'),
      'b/docker-compose.yml': composeOf({ prometheus: shared }, 'networks:\n  shared:\n    external: true\n').replace(
        './',
        '../',
      ),
      'prometheus.yml': scraping('node:9100'),
    };
    expect(told(deadTarget, texts)).toEqual([expect.stringMatching(/^error .*share no network/)]);
    const joined = texts['a/docker-compose.yml'].replace('node:\n', 'node:\n    networks: [shared]\n');
    expect(told(deadTarget, { ...texts, 'a/docker-compose.yml': joined })).toEqual([]);
  });

  it('tells the unknown targets of a job once', () => {
    expect(check("10.0.0.1:1', '10.0.0.2:1", {})).toEqual([
      'info prometheus.yml:4 "10.0.0.1:1" and "10.0.0.2:1" of job "a": they are, or may be, outside the repository, so whether anything answers at them cannot be told',
    ]);
  });
});
