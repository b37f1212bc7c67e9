import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';

const cli = join(import.meta.dirname, 'cli.ts');

interface Run {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

function run(args: readonly string[], cwd = tmpdir()): Run {
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...args], {
    cwd,
    encoding: 'utf8',
    env: { ...process.env, STACKPROOF_NO_ENGINE: '1' },
  });
  return { code: status, out: stdout, err: stderr };
}

function folderWith(files: Readonly<Record<string, string | Uint8Array>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'stackproof-cli-'));
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  return folder;
}

const prometheus = 'services:\n  prometheus:\n    image: prom/prometheus:v2.47.0\n';

describe('check', () => {
  it.each<[string, Record<string, string | Uint8Array>, number, RegExp]>([
    ['an empty folder', {}, 3, /nothing to look at: ".*" holds no file/],
    [
      'a folder with no monitoring',
      { 'README.md': 'hello', 'docker-compose.yml': 'services:\n  web:\n    image: nginx:1.27\n' },
      3,
      /no compose file in ".*" runs Prometheus/,
    ],
    [
      'a broken compose file',
      { 'docker-compose.yml': 'services:\n  prometheus:\n   image: "prom\n' },
      1,
      /docker-compose\.yml:\d+:\d+/,
    ],
    [
      'a broken configuration file',
      {
        'docker-compose.yml': `${prometheus}    volumes: ['./p.yml:/etc/prometheus/prometheus.yml']\n`,
        'p.yml': 'global: [\n',
      },
      1,
      /p\.yml:\d+:\d+/,
    ],
    ['a line of a megabyte', { 'docker-compose.yml': `${prometheus}    # ${'x'.repeat(1 << 20)}\n` }, 0, /in 1 stack/],
    [
      'a binary configuration file',
      {
        'docker-compose.yml': `${prometheus}    volumes: ['./p.yml:/etc/prometheus/prometheus.yml']\n`,
        'p.yml': new Uint8Array([0, 1, 2, 255, 0, 7]),
      },
      1,
      /p\.yml/,
    ],
  ])('of %s ends with a clear sentence', (_, files, code, words) => {
    const done = run(['check', '--repo', folderWith(files)]);
    expect(`${done.out}${done.err}`).toMatch(words);
    expect(`${done.out}${done.err}`).not.toMatch(/\n\s+at .*\(?.*:\d+:\d+\)?/);
    expect(done.code).toBe(code);
  });

  it('gives the JSON that other programs call', () => {
    const { out, code } = run([
      'check',
      '--repo',
      folderWith({ 'docker-compose.yml': prometheus }),
      '--format',
      'json',
    ]);
    const report: unknown = JSON.parse(out);
    expect(report).toMatchObject({
      version: 1,
      stacks: ['docker-compose.yml'],
      summary: { subjects: expect.any(Number) },
    });
    expect(code).toBe(0);
  });
});

describe('check of a part', () => {
  const folder = folderWith({ 'ops/docker-compose.yml': 'services:\n  prometheus:\n   image: "prom\n' });

  it.each(['ops', './ops/', 'ops/docker-compose.yml', join(folder, 'ops'), '.', folder])(
    '%s finds its errors',
    (path) => {
      const done = run(['check', path, '--repo', folder], folder);
      expect(done.out).toMatch(/docker-compose\.yml:\d+:\d+/);
      expect(done.code).toBe(1);
    },
  );

  it.each(['opps', '../ops', '/nowhere'])('%s, where nothing lies, is no success', (path) => {
    const done = run(['check', path, '--repo', folder], folder);
    expect(done.err).toContain(`no file of the repository lies under "${path}"`);
    expect(done.code).toBe(3);
  });
});

describe('the folder of the reports', () => {
  it.each(['.', 'build'])('%s is left alone where what lies in it is not ours', (reports) => {
    const folder = folderWith({ 'docker-compose.yml': prometheus, 'logs/mine.txt': 'x', 'build/logs/mine.txt': 'x' });
    const done = run(['verify', '--repo', folder, '--reports', reports], folder);
    expect(done.err).toContain('is not from stackproof');
    expect(done.code).toBe(2);
    expect(existsSync(join(folder, reports, 'logs/mine.txt'))).toBe(true);
  });
});

describe('wrong use', () => {
  it.each([
    [[], /no verb/],
    [['chek'], /no such verb: "chek"/],
    [['check', '--nope'], /--nope/],
    [['rollback', '--plan', 'x'], /"rollback" has no option "--plan"/],
    [['preview'], /--plan is missing/],
    [['verify', '--substitutes', 'maybe'], /--substitutes takes allow or refuse, not "maybe"/],
    [['verify', '--suite', 'nope', '--repo', '.'], /no such suite: "nope"/],
    [['verify', '--labs', '9'], /--labs takes 1 or 2 or 3, not "9"/],
    [['verify', '--labs', '2', '--keep', '--repo', '.'], /--labs boots several copies/],
    [['verify', '--labs', '2', '--attach', 'x', '--repo', '.'], /--labs boots several copies/],
    [['check', '--format', 'xml', '--repo', folderWith({ 'compose.yml': prometheus })], /no such format: "xml"/],
    [['check', '--staged', '--plan', 'x'], /give one of them/],
    [['check', '--output', 'a', '--output', 'b'], /2 times --output/],
    [['explain', 'nope/nope'], /no such rule: "nope\/nope"/],
  ])('%j ends with 2 and says why', (args, words) => {
    const done = run(args);
    expect(done.err).toMatch(words);
    expect(done.code).toBe(2);
  });
});

describe('verify without an engine', () => {
  it('keeps the gate shut and says what is unknown', () => {
    const folder = folderWith({ 'docker-compose.yml': prometheus });
    const done = run(['verify', '--repo', folder, '--suite', 'boot'], folder);
    expect(done.out).toContain('boot: prometheus runs');
    expect(done.out).toContain('unknown: the engine is switched off by STACKPROOF_NO_ENGINE');
    expect(done.out).toContain('keep the gate shut');
    expect(done.code).not.toBe(0);
  }, 60_000);
});
