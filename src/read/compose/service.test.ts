import { describe, expect, it } from 'vitest';
import { flagValue } from '../flags.ts';
import { oneService, oneStack, written } from '../test-support.ts';
import { productOf } from './products.ts';

describe('the product of an image', () => {
  it.each([
    ['prom/prometheus', 'prometheus'],
    ['prom/prometheus:v2.47.0@sha256:abc', 'prometheus'],
    ['quay.io/prometheus/alertmanager:v0.26.0', 'alertmanager'],
    ['localhost:5000/grafana/grafana', 'grafana'],
    ['grafana/grafana-enterprise:10.2.0', 'grafana'],
    ['bitnami/grafana-loki:2', 'loki'],
    ['grafana/promtail:2.9.2', 'promtail'],
    ['prom/node-exporter', 'node-exporter'],
    ['gcr.io/cadvisor/cadvisor:v0.47.2', 'cadvisor'],
    ['prom/prometheus:', 'prometheus'],
    ['prom/prometheus:v2.0.0', 'prometheus'],
    ['prom/prometheus:v1.8.2', undefined],
    ['prom/alertmanager:v0.12.0', undefined],
    ['prom/alertmanager:v0.13.0', 'alertmanager'],
    ['prom/node-exporter:v0.14.0', undefined],
    ['registry.lan:0.1/prom/prometheus', 'prometheus'],
    ['prom/pushgateway', undefined],
    ['constructor', undefined],
    ['', undefined],
  ])('%s', (image, product) => expect(productOf(image)).toBe(product));
});

describe('mounts', () => {
  it.each([
    [
      '- ./a.yml:/etc/a.yml:ro',
      { kind: 'bind', source: './a.yml', repoPath: 'ops/a.yml', target: '/etc/a.yml', readOnly: true },
    ],
    ['- ../b:/b/', { kind: 'bind', repoPath: 'b', target: '/b', readOnly: false }],
    ['- ..:/repo', { kind: 'bind', repoPath: '.' }],
    ['- ${PWD}/c:/c:ro,z', { kind: 'bind', repoPath: 'ops/c', readOnly: true }],
    ['- data:/data', { kind: 'volume', source: 'data', target: '/data' }],
    ['- /anonymous', { kind: 'volume', source: '', target: '/anonymous' }],
    ['- {type: bind, source: ./d, target: /d, read_only: true}', { kind: 'bind', repoPath: 'ops/d', readOnly: true }],
    ['- {type: volume, source: v, target: /v}', { kind: 'volume', source: 'v' }],
    ['- {type: tmpfs, target: /t}', { kind: 'tmpfs', target: '/t' }],
  ])('volumes: %s', (text, expected) => {
    expect(oneService(`image: a\nvolumes:\n  ${text}`).mounts).toMatchObject([expected]);
  });

  it.each(['/var/log:/log', '~/x:/x', '../../out:/out', '${NOWHERE}/x:/x', './${NOWHERE}:/x'])(
    'knows no path in the repository for %s',
    (text) => {
      const [mount] = oneService(`image: a\nvolumes: ["${text}"]`).mounts;
      expect(mount).toMatchObject({ kind: 'bind' });
      expect(mount?.repoPath).toBeUndefined();
    },
  );

  it('reads tmpfs, secrets and configs', () => {
    const compose = `services:
  it:
    image: prom/prometheus
    tmpfs: /run:size=1m
    secrets: [one, {source: two, target: named}]
    configs: [three, {source: three, target: /etc/three.yml}]
secrets: {one: {file: ./one.txt}, two: {environment: X}}
configs: {three: {file: ./three.yml}}
`;
    expect(oneStack({ 'compose.yml': compose }).stack.services[0]?.mounts).toMatchObject([
      { kind: 'tmpfs', target: '/run' },
      { kind: 'secret', target: '/run/secrets/one', repoPath: 'one.txt' },
      { kind: 'secret', target: '/run/secrets/named' },
      { kind: 'config', target: '/three', repoPath: 'three.yml' },
      { kind: 'config', target: '/etc/three.yml', repoPath: 'three.yml' },
    ]);
  });
});

describe('ports', () => {
  it.each([
    ['9090', [{ container: 9090 }]],
    ['"3002:3000"', [{ container: 3000, host: 3002 }]],
    ['"127.0.0.1:3002:3000/tcp"', [{ container: 3000, host: 3002, address: '127.0.0.1' }]],
    ['"[::1]:1:2"', [{ container: 2, host: 1, address: '::1' }]],
    ['"127.0.0.1::80"', [{ container: 80, address: '127.0.0.1' }]],
    [
      '"1-2:3-4/udp"',
      [
        { container: 3, host: 1, protocol: 'udp' },
        { container: 4, host: 2, protocol: 'udp' },
      ],
    ],
    ['{target: 80, published: "8080", host_ip: 0.0.0.0}', [{ container: 80, host: 8080, address: '0.0.0.0' }]],
    ['nonsense', []],
  ])('%s', (text, expected) => {
    const { ports } = oneService(`image: a\nports:\n  - ${text}`);
    expect(ports.map(({ at, ...port }) => port)).toEqual(expected);
  });
});

describe('the environment', () => {
  const texts = {
    'ops/.env': 'A=from env\nB="${A}!"\nLOOP1=${LOOP2}\nLOOP2=${LOOP1}x\n',
    'ops/service.env': '# comment\nexport ONE=1\nTWO=\'$A\'\nTHREE="${A}"\nFOUR=x # note\n',
  };
  const read = (text: string): Record<string, string | null> =>
    Object.fromEntries(
      [...oneService(`image: a\n${text}`, texts).environment].map(([name, held]) => [name, held.value]),
    );

  it.each([
    ['environment: [X=1, "Y=a=b", "Z=${B}"]', { X: '1', Y: 'a=b', Z: 'from env!' }],
    ['environment: {X: 1, Y: true, Z: null, A:}', { X: '1', Y: 'true', Z: null, A: 'from env' }],
    ['environment: [A, NOWHERE]', { A: 'from env', NOWHERE: null }],
    ['env_file: service.env', { ONE: '1', TWO: '$A', THREE: 'from env', FOUR: 'x' }],
    ['env_file: [{path: service.env}]\nenvironment: {ONE: "2"}', { ONE: '2', TWO: '$A', THREE: 'from env', FOUR: 'x' }],
    ['env_file: missing.env', {}],
    ['environment: ["X=${LOOP1}${LOOP2}"]', { X: 'x' }],
  ])('%s', (text, expected) => expect(read(text)).toEqual(expected));

  it('knows where each value is written', () => {
    const compose = 'services:\n  p:\n    image: prom/prometheus\n    env_file: p.env\n    environment: ["B=two"]\n';
    const { stack, repository } = oneStack({ 'compose.yml': compose, 'p.env': '#\nA=one\n' });
    const places = [...(stack.services[0]?.environment.values() ?? [])].map(({ at }) => written(repository, at));
    expect(places).toEqual(['A=one', 'two']);
  });
});

describe('a service', () => {
  it('has its command as words, each with its place', () => {
    const compose = "services:\n  p:\n    image: prom/prometheus\n    command: --a=1 '--b=x y' --config.file /c.yml\n";
    const { stack, repository } = oneStack({ 'compose.yml': compose });
    const [service] = stack.services;
    expect(service?.command.map((word) => word.value)).toEqual(['--a=1', '--b=x y', '--config.file', '/c.yml']);
    expect(service?.command.map((word) => written(repository, word.at))).toEqual([
      '--a=1',
      "'--b=x y'",
      '--config.file',
      '/c.yml',
    ]);
  });

  it.each([
    ['command: ["--config.file=/a"]', '/a'],
    ['command: -config.file=/a -config.file=/b', '/b'],
    ['command: ["--config.file", "/a"]', '/a'],
    ['entrypoint: ["/bin/prometheus", "--config.file=/a"]', '/a'],
    ['entrypoint: sh -c\ncommand: ["render && exec prometheus --config.file=/a --x"]', '/a'],
    ['command: ["--config.file"]', ''],
    ['command: ["--config.file.other=/a"]', undefined],
  ])('has its flags: %s', (text, expected) => {
    expect(flagValue(oneService(`image: a\n${text}`), 'config.file')?.value).toBe(expected);
  });

  it.each([
    ['deploy: {resources: {limits: {memory: 2G, cpus: "0.5"}}}', 2 * 1024 ** 3, 0.5],
    ['mem_limit: 512m\ncpus: 1.5', 512 * 1024 ** 2, 1.5],
    ['mem_limit: 1gb', 1024 ** 3, undefined],
    ['mem_limit: 1048576', 1048576, undefined],
    ['mem_limit: much', undefined, undefined],
  ])('has its limits: %s', (text, memory, cpus) => {
    const { limits } = oneService(`image: a\n${text}`);
    expect([limits.memory?.value, limits.cpus?.value]).toEqual([memory, cpus]);
  });

  it('has the rest', () => {
    const service = oneService(`image: a
container_name: named
user: 1000
read_only: true
privileged: yes
security_opt: ["no-new-privileges:true"]
depends_on: {prometheus: {condition: service_healthy}}
networks: {front: {aliases: [alias]}, back: }
healthcheck: {test: "true"}
mem_reservation: 1k
custom: [1, {a: b}]`);
    expect(service).toMatchObject({
      containerName: { value: 'named' },
      user: { value: '1000' },
      readOnly: { value: true },
      privileged: { value: true },
      securityOptions: [{ value: 'no-new-privileges:true' }],
      dependsOn: [{ service: 'prometheus', condition: 'service_healthy' }],
      networks: [
        { name: 'front', aliases: ['alias'] },
        { name: 'back', aliases: [] },
      ],
      reservations: { memory: { value: 1024 } },
      definition: { custom: [1, { a: 'b' }] },
    });
    expect(service.healthcheck?.pointer).toEqual(['services', 'it', 'healthcheck']);
    expect(oneService('image: a\ndepends_on: [b]').dependsOn).toMatchObject([{ service: 'b' }]);
    expect(oneService('image: a').networks).toEqual([{ name: 'default', aliases: [] }]);
    expect(oneService('image: a\nnetwork_mode: host').networks).toEqual([]);
  });
});
