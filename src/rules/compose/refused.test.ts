import { describe, expect, it } from 'vitest';
import { composeOf, prometheus, told } from '../test-support.ts';
import { blockedMount } from './blocked-mount.ts';
import { conflictingOptions } from './conflicting-options.ts';
import { dependencyCycle } from './dependency-cycle.ts';
import { imagelessService } from './imageless-service.ts';
import { impossibleAddress } from './impossible-address.ts';
import { impossibleLimit } from './impossible-limit.ts';
import { invalidConfiguration } from './invalid-configuration.ts';
import { invalidPort } from './invalid-port.ts';
import { lostVariable } from './lost-variable.ts';
import { missingEnvFile } from './missing-env-file.ts';
import { overriddenMount } from './overridden-mount.ts';
import { undeclaredSecret } from './undeclared-secret.ts';
import { undefinedDependency } from './undefined-dependency.ts';
import { wrongKindSource } from './wrong-kind-source.ts';

const image = 'image: prom/prometheus:v2.47.0';
const compose = (service: string, rest = ''): { 'compose.yml': string } => ({
  'compose.yml': composeOf({ one: service }, rest),
});
const like = (pattern: RegExp): unknown => expect.stringMatching(pattern);

describe('compose/undefined-dependency', () => {
  it.each([
    ['one that is there', `${image}\ndepends_on: [two]`, {}],
    ['one that may be missing', `${image}\ndepends_on: {gone: {condition: service_started, required: false}}`, {}],
    ['a container of another project', `${image}\nnetwork_mode: "container:vpn"\nvolumes_from: ["container:a"]`, {}],
    ['the host', `${image}\npid: host\nipc: shareable`, {}],
    ['a name in a variable', `${image}\nnetwork_mode: "service:$VPN"`, {}],
    [
      'an include that is elsewhere',
      `${image}\ndepends_on: [gone]`,
      { rest: 'include: ["https://example.com/a.git"]\n' },
    ],
  ])('is silent about %s', (_, one, { rest = '' }: { rest?: string }) => {
    expect(told(undefinedDependency, { 'compose.yml': composeOf({ one, two: 'image: a:1' }, rest) })).toEqual([]);
  });

  it.each(['depends_on: [gone]', 'links: ["gone:alias"]', 'network_mode: "service:gone"', 'volumes_from: ["gone:ro"]'])(
    'finds %s',
    (need) => {
      expect(told(undefinedDependency, compose(`${image}\n${need}`))).toEqual([
        like(/^error .*needs the service "gone"/),
      ]);
    },
  );

  it('knows neighbours and profiles', () => {
    const beside = { 'compose.db.yml': 'services:\n  db:\n    image: postgres:16\n' };
    expect(told(undefinedDependency, { ...compose(`${image}\ndepends_on: [db]`), ...beside })).toEqual([
      like(/^info /),
    ]);
    const files = (own: string): { 'compose.yml': string } => ({
      'compose.yml': composeOf({ one: `${image}\ndepends_on: [two]\n${own}`, two: 'image: a:1\nprofiles: [x, y]' }),
    });
    expect(told(undefinedDependency, files(''))).toEqual([like(/^warning .*profile "x" and "y" only/)]);
    expect(told(undefinedDependency, files('profiles: [y]'))).toEqual([]);
  });
});

describe('compose/undeclared-secret, compose/dependency-cycle, compose/imageless-service', () => {
  it.each([
    [`${image}\nsecrets: [a]`, 'secrets: {a: {external: true}}\n', []],
    [`${image}\nsecrets: [{source: a, target: b}]`, 'secrets: {a: {environment: A}}\n', []],
    [`${image}\nconfigs: [a]`, 'secrets: {a: {file: a}}\n', [like(/config "a"/)]],
  ])('reads %s', (service, rest, expected) => {
    expect(told(undeclaredSecret, compose(service, rest))).toEqual(expected);
  });

  it('finds a circle of three once, and none in a lattice', () => {
    const of = (needs: string): string => `image: a:1\ndepends_on: [${needs}]`;
    const circle = { a: of('b'), b: of('c'), c: of('a'), prometheus };
    expect(told(dependencyCycle, { 'compose.yml': composeOf(circle) })).toEqual([like(/"a" → "b" → "c" → "a"/)]);
    const lattice = { a: of('b, c'), b: of('c, d'), c: of('d'), d: 'image: a:1', prometheus };
    expect(told(dependencyCycle, { 'compose.yml': composeOf(lattice) })).toEqual([]);
  });

  it.each([
    ['a build', 'build: .'],
    ['an extension', 'extends: {file: base.yml, service: a}'],
    ['a provider', 'provider: {type: model}'],
  ])('takes %s for an image', (_, service) => {
    expect(told(imagelessService, { 'compose.yml': composeOf({ one: service, prometheus }) })).toEqual([]);
  });

  it('leaves a file alone that is laid over another', () => {
    const over = { 'compose.prod.yml': composeOf({ web: 'restart: always', prometheus }) };
    expect(told(imagelessService, over)).toHaveLength(1);
    expect(told(imagelessService, { ...over, 'compose.yml': 'services:\n  web:\n    image: a:1\n' })).toEqual([]);
    expect(told(imagelessService, { ...over, 'base/compose.yml': 'services:\n  web:\n    image: a:1\n' })).toEqual([]);
  });
});

describe('compose/conflicting-options and compose/impossible-limit', () => {
  const limits = (text: string): string => `deploy: {resources: ${text}}`;

  it.each([
    [`mem_limit: 1g\n${limits('{limits: {memory: 1024M}}')}`],
    ['network_mode: host'],
    ['deploy: {replicas: 1}\ncontainer_name: a'],
    ['deploy: {replicas: 3}\nports: ["9090"]'],
    ['deploy: {replicas: 3, placement: {constraints: [a]}}\nports: ["9090:9090"]\ncontainer_name: a'],
    ['mem_limit: "${M}"\ndeploy: {resources: {limits: {memory: 1G}}}'],
    [limits('{limits: {memory: 0}, reservations: {memory: 1G}}')],
    [limits('{limits: {memory: 1G}, reservations: {memory: 1024M}}')],
    [limits('{limits: {memory: 6M}}')],
  ])('are silent about %s', (more) => {
    expect(told(conflictingOptions, compose(`${image}\n${more}`))).toEqual([]);
    expect(told(impossibleLimit, compose(`${image}\n${more}`))).toEqual([]);
  });

  it.each([
    ['cpus: 1\ndeploy: {resources: {limits: {cpus: "2"}}}', /^error .*"cpus" of 1/],
    ['deploy: {replicas: 2}\nports: ["9090:9090"]', /^error .*the port 9090 of the host/],
    ['network_mode: host\nports: ["9090:9090"]', /^warning .*drops the ports/],
    ['network_mode: "service:vpn"\nports: ["9090:9090"]', /^error .*does not make its container/],
  ])('find %s', (more, expected) => {
    expect(told(conflictingOptions, compose(`${image}\n${more}`))).toEqual([like(expected)]);
  });
});

describe('compose/invalid-port and compose/overridden-mount', () => {
  it.each([
    '"9090:9090"',
    '"127.0.0.1:9090:9090/tcp"',
    '"[::1]:9090:9090"',
    '"127.0.0.1::9090"',
    '"9000-9002:9090-9092"',
    '"9000-9002:9090"',
    '9090',
    '"${PORT}:9090"',
    '"${BIND:-127.0.0.1}:9090:9090"',
    '"0:9090"',
    '{target: 9090, published: "9090-9095"}',
  ])('takes %s', (port) => {
    expect(told(invalidPort, compose(`${image}\nports: [${port}]`))).toEqual([]);
  });

  it.each([
    ['"9090:90900"', /above 65535/],
    ['"a.b:9090:9090"', /address "a.b"/],
    ['"9090:web"', /no number/],
    ['"9000-9003:9090-9092"', /differ in size/],
    ['"9002-9000:9090-9092"', /ends before/],
    ['{target: 99999}', /above/],
  ])('refuses %s', (port, expected) => {
    expect(told(invalidPort, compose(`${image}\nports: [${port}]`))).toEqual([like(expected)]);
  });

  it.each(['["./a:/x", "./b:/y"]', '["/anonymous"]', '["C:\\\\a:C:\\\\b"]', '[{type: volume, source: a, target: /x}]'])(
    'takes %s',
    (volumes) => {
      expect(told(overriddenMount, compose(`${image}\nvolumes: ${volumes}`))).toEqual([]);
    },
  );
});

describe('compose/missing-env-file', () => {
  it.each([
    ['one that is there', 'env_file: a.env', { 'a.env': '' }, []],
    ['one that git ignores', 'env_file: [a.env]', { '.gitignore': '*.env\n' }, [like(/^info /)]],
    ['one with an example', 'env_file: .env', { '.env.example': '' }, [like(/^info /)]],
    ['one outside', 'env_file: /etc/a.env', {}, []],
    ['a variable', 'env_file: "${FILE}"', {}, []],
    ['one that a server may have', 'env_file: .env', {}, [like(/^warning /)]],
    ['one that is required', 'env_file: [{path: settings, required: true}]', {}, [like(/^error /)]],
  ])('reads %s', (_, more, files: Record<string, string>, expected) => {
    expect(told(missingEnvFile, { ...compose(`${image}\n${more}`), ...files })).toEqual(expected);
  });
});

describe('compose/blocked-mount and compose/wrong-kind-source', () => {
  const nested = (outer: string, inner: string): string => `${image}\nvolumes: ["./conf:${outer}", "./rules:${inner}"]`;

  it.each([
    ['a folder that may be written', nested('/etc/prometheus', '/etc/prometheus/rules'), { 'conf/a.yml': '' }],
    ['a mount point that is there', nested('/etc/prometheus:ro', '/etc/prometheus/rules'), { 'conf/rules/a.yml': '' }],
    [
      'a mount point that git ignores',
      nested('/etc/prometheus:ro', '/etc/prometheus/rules'),
      { 'conf/a.yml': '', '.gitignore': 'conf/rules\n' },
    ],
    ['mounts beside each other', nested('/etc/prometheus:ro', '/etc/prometheus-rules'), { 'conf/a.yml': '' }],
    ['a folder that is missing itself', nested('/etc/prometheus:ro', '/etc/prometheus/rules'), {}],
    [
      'a writable mount in between',
      `${image}\nvolumes: ["./conf:/a:ro", "data:/a/b", "./rules:/a/b/c"]`,
      { 'conf/b/x': '' },
    ],
  ])('is silent about %s', (_, service, files: Record<string, string>) => {
    expect(told(blockedMount, { ...compose(service), ...files })).toEqual([]);
  });

  it.each([
    ['a file for a file', '"./a.yml:/etc/prometheus/prometheus.yml"', { 'a.yml': '' }, []],
    ['a folder for a folder', '"./a:/etc/prometheus"', { 'a/b': '' }, []],
    ['a folder of pieces', '"./a:/etc/prometheus/conf.d"', { 'a/b': '' }, []],
    ['a folder where a file is likely', '"./a:/opt/web.yml"', { 'a/b': '' }, [like(/^warning /)]],
    ['something that is not there', '"./a:/etc/prometheus/prometheus.yml"', {}, []],
  ])('reads %s', (_, volume, files: Record<string, string>, expected) => {
    expect(told(wrongKindSource, { ...compose(`${image}\nvolumes: [${volume}]`), ...files })).toEqual(expected);
  });

  it('does not know images of others', () => {
    const other = 'image: registry.test/prometheus:1\nvolumes: ["./a:/prometheus"]';
    expect(told(wrongKindSource, { ...compose(other), a: '' })).toEqual([]);
  });
});

describe('compose/impossible-address', () => {
  const fixed = (address: string): string => `${image}\nnetworks: {n: {ipv4_address: ${address}}}`;
  const network = (...subnets: string[]): string =>
    `networks: {n: {ipam: {config: [${subnets.map((one) => `{subnet: ${one}}`).join(', ')}]}}}\n`;

  it.each([
    [fixed('10.1.0.9'), network('10.1.0.0/16')],
    [fixed('10.2.0.9'), network('10.1.0.0/16', '10.2.0.0/16')],
    [fixed('10.1.0.9'), 'networks: {n: {external: true}}\n'],
    [fixed('"${IP}"'), network('10.1.0.0/16')],
    [fixed('10.1.0.9'), network('"${NET}"')],
  ])('is silent about %s in %s', (service, rest) => {
    expect(told(impossibleAddress, compose(service, rest)).filter((line) => !/no subnet/.test(line))).toEqual([]);
  });

  it('finds an address that is given twice, and subnets that overlap', () => {
    const twice = composeOf({ one: fixed('10.1.0.9'), two: fixed('10.1.0.9') }, network('10.1.0.0/16'));
    expect(told(impossibleAddress, { 'compose.yml': twice })).toEqual([like(/which "one" has already/)]);
    const rest =
      'networks: {a: {ipam: {config: [{subnet: 10.1.0.0/16}]}}, b: {ipam: {config: [{subnet: 10.1.5.0/24}]}}}\n';
    expect(told(impossibleAddress, compose(image, rest))).toEqual([like(/overlaps that of "a"/)]);
  });
});

describe('compose/invalid-configuration', () => {
  it.each([
    'restart: no',
    'x-own: {a: b}',
    'command: null',
    'deploy:',
    'ports: [9090]',
    'environment: {A: null, B: 1, C: true}',
    'user: "${UID}"',
    'privileged: "${P:-false}"',
    'healthcheck: {retries: "${N}", interval: "${I}"}',
    'networks: {default: null}',
    'ulimits: {nofile: 5}',
    'labels: ["a=b"]',
    'develop: {watch: [{path: ., action: sync}]}',
    'mem_limit: 512m',
    'logging: {options: {max-file: 3}}',
  ])('takes %s', (more) => {
    expect(told(invalidConfiguration, compose(`${image}\n${more}`))).toEqual([]);
  });

  it('leaves a file with tags of compose alone, and judges what is included', () => {
    expect(told(invalidConfiguration, compose(`${image}\nports: !reset null`))).toEqual([]);
    const files = { 'compose.yml': 'include: [more.yml]\n', 'more.yml': `services: {a: {${image}, usr: b}}\n` };
    expect(told(invalidConfiguration, files)).toEqual([like(/^error more.yml:1 "usr" is no key of a service/)]);
  });
});

describe('compose/lost-variable', () => {
  it('says nothing without a plan', () => {
    expect(told(lostVariable, compose('image: prom/prometheus:${TAG}'))).toEqual([]);
  });
});
