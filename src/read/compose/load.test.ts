import { describe, expect, it } from 'vitest';
import { repoPathOf } from '../../model/stack.ts';
import { treeOf } from '../../model/tree.ts';
import { readRepository } from '../repository.ts';
import { faultLines, oneStack, written } from '../test-support.ts';

const prometheus = 'services:\n  p:\n    image: prom/prometheus\n';

describe('extends', () => {
  it('merges a service of another file, whose paths start from its own folder', () => {
    const { stack, repository } = oneStack({
      'ops/docker-compose.yml': `services:
  p:
    extends: {file: ../base/common.yml, service: prometheus}
    command: [--mine]
    environment: [B=2]
    volumes: ["./mine.yml:/etc/b.yml"]
`,
      'base/common.yml': `services:
  prometheus:
    image: prom/prometheus:v2.47.0
    command: [--theirs]
    environment: {A: "1", B: "1"}
    volumes: ["./a.yml:/etc/a.yml", "./b.yml:/etc/b.yml"]
    deploy: {resources: {limits: {memory: 1G}}}
`,
    });
    const [p] = stack.services;
    expect(p?.image?.value).toBe('prom/prometheus:v2.47.0');
    expect(p?.command.map((word) => word.value)).toEqual(['--mine']);
    expect([...(p?.environment ?? [])].map(([name, held]) => `${name}=${held.value}`)).toEqual(['A=1', 'B=2']);
    expect(p?.mounts.map((mount) => `${mount.repoPath} ${mount.target}`)).toEqual([
      'base/a.yml /etc/a.yml',
      'ops/mine.yml /etc/b.yml',
    ]);
    expect(p?.image?.at.file).toBe('base/common.yml');
    expect(p?.image && written(repository, p.image.at)).toBe('prom/prometheus:v2.47.0');
    expect(repository.faults).toEqual([]);
  });

  it('follows a chain in one file', () => {
    const { stack } = oneStack({
      'compose.yml':
        'services:\n  a: {image: prom/prometheus, user: "1"}\n  b: {extends: {service: a}, user: "2"}\n  c: {extends: b}\n',
    });
    expect(stack.services.map((service) => service.user?.value)).toEqual(['1', '2', '2']);
    expect(stack.services.map((service) => service.product)).toEqual(['prometheus', 'prometheus', 'prometheus']);
  });

  it.each([
    ['a loop', '  a: {extends: {service: b}}\n  b: {extends: {service: a}}\n'],
    ['itself', '  a: {extends: {service: a}}\n'],
    ['a missing service', '  a: {extends: {service: nowhere}}\n'],
    ['a missing file', '  a: {extends: {file: nowhere.yml, service: a}}\n'],
  ])('gives a fault for %s', (_, text) => {
    const { repository } = oneStack({ 'compose.yml': `${prometheus}${text}` });
    expect(repository.faults[0]?.rule).toBe('compose/unresolved-extends');
    expect(repository.locate(repository.faults[0]?.at ?? { file: '' }).line).toBeGreaterThan(3);
  });
});

describe('include', () => {
  it('adds the services of short and long forms', () => {
    const texts = {
      'compose.yml':
        'include:\n  - a/part.yml\n  - path: [b/part.yml]\n    project_directory: c\n    env_file: b/b.env\nservices:\n  p:\n    image: prom/prometheus\n',
      'a/part.yml': 'services:\n  a:\n    image: nginx\n    volumes: ["./x:/x"]\nvolumes: {data: }\n',
      'b/part.yml': 'services:\n  b:\n    image: "nginx:${TAG}"\n    volumes: ["./x:/x"]\n',
      'b/b.env': 'TAG=1.2\n',
    };
    const { stack } = oneStack(texts);
    expect(stack.services.map((service) => service.name)).toEqual(['a', 'b', 'p']);
    expect(stack.services.map((service) => service.mounts[0]?.repoPath)).toEqual(['a/x', 'c/x', undefined]);
    expect(stack.services[1]?.image?.value).toBe('nginx:1.2');
    expect(stack.volumes.map((volume) => volume.engineName)).toEqual(['default_data']);
  });

  it.each([
    ['a missing file', 'nowhere.yml', undefined],
    ['itself', 'compose.yml', undefined],
    ['a registry', 'oci://example.org/a', 'info'],
    ['a path with an unknown variable', '${NOWHERE}/a.yml', 'info'],
    ['a path that leads out', '../a.yml', 'info'],
  ])('gives a fault for %s', (_, path, severity) => {
    const { repository } = oneStack({ 'compose.yml': `include: ["${path}"]\n${prometheus}` });
    expect(faultLines(repository)).toEqual(['compose/unresolved-include compose.yml:1']);
    expect(repository.faults[0]?.severity).toBe(severity);
  });

  it('takes an included file for no stack of its own, whatever its name', () => {
    const texts = { 'compose.yml': 'include: [m/compose.yml]\n', 'm/compose.yml': prometheus };
    expect(readRepository(treeOf(texts)).stacks.map(({ composeFile }) => composeFile)).toEqual(['compose.yml']);
    const asked = readRepository(treeOf(texts), { stack: 'm/compose.yml' });
    expect(asked.stacks.map(({ composeFile }) => composeFile)).toEqual(['m/compose.yml']);
  });

  it('ends on a loop of two', () => {
    const tree = treeOf({ 'compose.yml': `include: [b.yml]\n${prometheus}`, 'b.yml': 'include: [compose.yml]\n' });
    expect(faultLines(readRepository(tree))).toEqual(['compose/unresolved-include b.yml:1']);
  });
});

describe('a compose file', () => {
  it('merges anchors and `<<`, and knows where the values are written', () => {
    const { stack, repository } = oneStack({
      'compose.yml':
        'x-base: &base\n  restart: always\n  user: "1"\nservices:\n  p:\n    <<: *base\n    image: prom/prometheus\n',
    });
    const [p] = stack.services;
    expect(p?.definition).toMatchObject({ restart: 'always', image: 'prom/prometheus' });
    expect(p?.user && repository.locate(p.user.at).line).toBe(3);
  });

  it('tells its variables', () => {
    const { stack, repository } = oneStack({
      '.env': 'TAG=v2\n',
      'compose.yml': 'services:\n  p:\n    image: "prom/prometheus:${TAG}"\n    user: "${A:-1}:${B}"\n',
    });
    expect(stack.services[0]?.image?.value).toBe('prom/prometheus:v2');
    expect(stack.variables.map((use) => [use.name, use.value, use.defaulted, written(repository, use.at)])).toEqual([
      ['TAG', 'v2', false, '${TAG}'],
      ['A', undefined, true, '${A:-1}'],
      ['B', undefined, false, '${B}'],
    ]);
  });

  it('is at fault with a brace that holds no variable', () => {
    const { repository } = oneStack({
      'compose.yml': `${prometheus}    command: ["--x=^/(sys|proc)($|/)", "--y=\${1}"]\n`,
    });
    expect(faultLines(repository)).toEqual(['compose/invalid-interpolation compose.yml:4']);
    expect(written(repository, repository.faults[0]?.at ?? { file: '' })).toBe('${');
  });

  it.each([
    ['name: mine\n', '', 'compose.yml', 'mine'],
    ['', '', 'My Stack.v2/compose.yml', 'mystackv2'],
    ['', '', '_x/compose.yml', 'x'],
    ['', '', 'compose.yml', 'default'],
    ['', 'COMPOSE_PROJECT_NAME=env\n', 'compose.yml', 'env'],
  ])('names its project: %j %j %s', (head, env, path, expected) => {
    expect(oneStack({ [path]: `${head}${prometheus}`, '.env': env }).stack.project).toBe(expected);
  });

  it('names its volumes and networks as the engine will', () => {
    const { stack } = oneStack({
      's/compose.yml': `${prometheus}volumes:\n  a:\n  b: {name: own}\n  c: {external: true}\n  d: {external: {name: old}}\n`,
    });
    expect(stack.volumes.map((volume) => [volume.name, volume.engineName, volume.external])).toEqual([
      ['a', 's_a', false],
      ['b', 'own', false],
      ['c', 'c', true],
      ['d', 'old', true],
    ]);
  });
});

describe('repoPathOf', () => {
  it('goes through a mount of the whole repository', () => {
    const { stack } = oneStack({ 'compose.yml': `${prometheus}    volumes: [".:/repo"]\n` });
    const [p] = stack.services;
    expect(p && [repoPathOf(p, '/repo/a/b.yml'), repoPathOf(p, '/repo')]).toEqual(['a/b.yml', '.']);
  });
});
