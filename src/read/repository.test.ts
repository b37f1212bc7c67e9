import { describe, expect, it } from 'vitest';
import { treeOf } from '../model/tree.ts';
import { readRepository } from './repository.ts';
import { faultLines, oneStack } from './test-support.ts';

const prometheus =
  'services:\n  p:\n    image: prom/prometheus\n    volumes: ["./p.yml:/etc/prometheus/prometheus.yml"]\n';
const bomb = `a0: &a0 [x, x]\n${Array.from({ length: 40 }, (_, i) => `a${i + 1}: &a${i + 1} [*a${i}, *a${i}, *a${i}]`).join('\n')}`;

describe('readRepository', () => {
  it('finds nothing in an empty tree', () => {
    expect(readRepository(treeOf({}))).toMatchObject({ stacks: [], ci: [], faults: [] });
  });

  it.each([
    ['a compose file of any name', { 'deploy/metrics.yaml': prometheus }, ['deploy/metrics.yaml']],
    ['a swarm file', { 'metrics-stack.yml': prometheus }, ['metrics-stack.yml']],
    ['no file without a known product', { 'compose.yml': 'services:\n  web:\n    image: nginx\n' }, []],
    [
      'no form that another program fills in',
      { 'compose.yml': 'services:\n  p:\n    image: "prom/prometheus:{{ prometheus_version }}"\n' },
      [],
    ],
    [
      'nor one with statements',
      { 'compose.yml': '{% if on %}\nservices: {p: {image: prom/prometheus}}\n{% endif %}\n' },
      [],
    ],
    [
      "a file with templates of Docker's own",
      {
        'compose.yml':
          'services:\n  p:\n    image: prom/prometheus\n    logging: {options: {tag: "{{.Name}}{{if .ID}}x{{else}}y{{end}}"}}\n    labels:\n      caddy.reverse_proxy: "{{upstreams}}"\n',
      },
      ['compose.yml'],
    ],
    ['no product that is only built', { 'compose.yml': 'services:\n  prometheus:\n    build: ./prometheus\n' }, []],
    [
      'no other YAML that speaks of services',
      { 'a.yml': 'on: push\njobs:\n  services:\n    image: prom/prometheus\n' },
      [],
    ],
  ])('takes for a stack: %s', (_, texts, expected) => {
    expect(readRepository(treeOf(texts)).stacks.map((stack) => stack.composeFile)).toEqual(expected);
  });

  it('reads the one stack that is asked for', () => {
    const tree = treeOf({ 'a/compose.yml': prometheus, 'b/compose.yml': prometheus });
    expect(readRepository(tree, { stack: './b/compose.yml' }).stacks.map((stack) => stack.composeFile)).toEqual([
      'b/compose.yml',
    ]);
    expect(readRepository(tree, { stack: 'c/compose.yml' }).stacks).toEqual([]);
  });

  it.each([
    ['broken YAML', 'global:\n  a: b: c\n', 'repo/unparsable-yaml p.yml:2'],
    ['a binary file', '\u0000\u0001\u0002', 'repo/binary-configuration p.yml:1'],
    ['a list at the root', '- a\n', 'repo/unexpected-shape p.yml:1'],
    ['keys written twice', 'global: {}\nglobal: {}\n', 'repo/unparsable-yaml p.yml:2'],
    ['an alias bomb', bomb, 'repo/unparsable-yaml p.yml:2'],
    ['an alias to itself', 'a: &a [*a]\n', 'repo/unparsable-yaml p.yml:1'],
    ['an alias to nothing', 'x: 1\na: *nowhere\n', 'repo/unparsable-yaml p.yml:2'],
    ['absurd nesting', '['.repeat(100_000), 'repo/unparsable-yaml p.yml:1'],
  ])('gives a located fault for %s', (_, text, fault) => {
    const { repository, stack } = oneStack({ 'compose.yml': prometheus, 'p.yml': text });
    expect(faultLines(repository)).toEqual([fault]);
    expect(stack.prometheus[0]).toMatchObject({ file: 'p.yml', scrapeJobs: [] });
  });

  it.each([
    ['empty', ''],
    ['only comments', '# nothing\n'],
    ['one line of a megabyte', `a: "${'x'.repeat(1_000_000)}"`],
    ['a list of a megabyte on one line', `a: [${'x,'.repeat(300_000)}]`],
  ])('reads without a fault a file that is %s', (_, text) => {
    expect(oneStack({ 'compose.yml': prometheus, 'p.yml': text }).repository.faults).toEqual([]);
  });

  it.each([
    ['broken', 'services:\n  a: b: c\n', 'repo/unparsable-yaml compose.yml:2'],
    ['binary', '\u0000', 'repo/binary-configuration compose.yml:1'],
    ['no mapping', 'services\n', 'repo/unexpected-shape compose.yml:1'],
  ])('gives a fault for a compose file that is %s', (_, text, fault) => {
    const repository = readRepository(treeOf({ 'compose.yml': text }));
    expect(faultLines(repository)).toEqual([fault]);
    expect(repository.stacks).toEqual([]);
  });

  it.each(['services:', 'services: 5', 'services: [a]', 'services: {a: 5, b: null}', 'volumes: 3', 'a: &a {b: *a}'])(
    'survives a compose file of odd shape: %s',
    (text) => {
      expect(readRepository(treeOf({ 'compose.yml': text })).stacks).toEqual([]);
    },
  );

  it('follows symbolic links inside the tree and leaves those that lead out', () => {
    const link = (text: string): { text: string; mode: '120000' } => ({ text, mode: '120000' });
    const config = 'scrape_configs:\n  - job_name: a\n';
    const inside = oneStack({ 'compose.yml': prometheus, 'p.yml': link('real/p.yml'), 'real/p.yml': config });
    expect(inside.stack.prometheus[0]?.scrapeJobs.map((job) => job.name)).toEqual(['a']);
    const outside = oneStack({ 'compose.yml': prometheus, 'p.yml': link('../../etc/p.yml') });
    expect(outside.repository.faults).toEqual([]);
    const loop = oneStack({ 'compose.yml': prometheus, 'p.yml': link('p.yml') });
    expect(loop.repository.faults).toEqual([]);
  });

  it('keeps what a plan took away and waives', () => {
    const waivers = [{ rule: 'a/b', place: 'c', reason: 'd', until: '2030-01-01' }];
    expect(readRepository(treeOf({}), { waivers }).waivers).toEqual(waivers);
  });
});
