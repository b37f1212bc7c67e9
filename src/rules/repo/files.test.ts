import { describe, expect, it } from 'vitest';
import type { Rule } from '../define-rule.ts';
import { composeOf, told } from '../test-support.ts';
import { brokenLink } from './broken-link.ts';
import { defaultPassword } from './default-password.ts';
import { duplicateFile } from './duplicate-file.ts';
import { trackedIgnoredFile } from './tracked-ignored-file.ts';
import { unreadFile } from './unread-file.ts';

const compose = composeOf({ prometheus: 'image: prom/prometheus:v2.47.0\nvolumes: ["./conf:/etc/prometheus"]' });
const found = (rule: Rule, files: Readonly<Record<string, string>>): string[] =>
  told(rule, { 'ops/compose.yml': compose, 'ops/conf/prometheus.yml': '{}', ...files }).map((line) =>
    line.split(' ').slice(0, 2).join(' '),
  );

describe('repo/broken-link', () => {
  it.each([
    '[a](conf/prometheus.yml)',
    '[a](./conf/)',
    '[a](../ops/compose.yml "title")',
    '[a](/ops/compose.yml)',
    '[a](https://example.org/x) [b](mailto:a@example.org) [c](//x/y)',
    '[a](../../elsewhere/x)',
    '[a](#the-page) [b](#The-Page) [c](compose.yml#L3)',
    '`[a](gone.md)`\n```\n[a](gone.md)\n```',
    '[a]($DIR/x) [b]({{ url }})',
    '[a](<conf/prometheus.yml>)',
    '[a](conf%2Fprometheus.yml)',
  ])('is silent about %j', (text) =>
    expect(found(brokenLink, { 'ops/README.md': `# The page\n\n${text}\n` })).toEqual([]),
  );

  it.each(['[a](gone.md)', '![a](img/gone.png)', '[a](#nothing)', '[a]: gone.yml'])('tells of %j', (text) =>
    expect(found(brokenLink, { 'ops/README.md': `# The page\n\n${text}\n` })).toEqual(['warning ops/README.md:3']),
  );

  it('leaves alone what git ignores, and pages that are not near a stack', () => {
    expect(found(brokenLink, { 'ops/README.md': '[a](secrets/x)\n', '.gitignore': 'secrets/\n' })).toEqual([]);
    expect(found(brokenLink, { 'app/README.md': '[a](gone.md)\n' })).toEqual([]);
  });
});

describe('repo/unread-file', () => {
  it.each([
    ['a file of a mounted folder', { 'ops/conf/extra.yml': 'a: b' }],
    ['a file that a script names', { 'ops/client.json': '{}', 'ops/x.sh': 'curl -d @client.json x' }],
    ['a file that a page at the root names', { 'ops/client.json': '{}', 'README.md': 'see ops/client.json' }],
    ['an example', { 'ops/client.example.json': '{}' }],
    ['another compose file', { 'ops/docker-compose.dev.yml': 'services: {}' }],
    ['a hidden file', { 'ops/.yamllint.yml': 'rules: {}' }],
    ['a file of another folder', { 'app/config.yml': 'a: b' }],
    ['code', { 'ops/tool.py': 'print()' }],
  ])('is silent about %s', (_, files) => expect(found(unreadFile, files)).toEqual([]));

  it('folds what nothing reads by folder', () =>
    expect(found(unreadFile, { 'ops/old/a.yml': 'a: b', 'ops/old/b.yml': 'a: b', 'ops/c.json': '{}' })).toEqual([
      'warning ops/c.json:1',
      'warning ops/old/a.yml:1',
    ]));
});

describe('repo/duplicate-file', () => {
  const text = Array.from({ length: 20 }, (_, index) => `option_${index}: value ${index}\n`).join('');

  it('tells of copies, and of near ones where nothing reads one of them', () => {
    expect(found(duplicateFile, { 'ops/conf/a.yml': text, 'ops/old/a.yml': text })).toEqual([
      'warning ops/old/a.yml:1',
    ]);
    expect(found(duplicateFile, { 'ops/conf/a.yml': text, 'ops/old/a.yml': `${text}more: 1\n` })).toEqual([
      'warning ops/old/a.yml:1',
    ]);
  });

  it('only says it of near copies that are both read', () =>
    expect(found(duplicateFile, { 'ops/conf/a.yml': text, 'ops/conf/b/a.yml': `${text}more: 1\n` })).toEqual([
      'info ops/conf/b/a.yml:1',
    ]));

  it('is silent about small files, other names and other contents', () => {
    expect(found(duplicateFile, { 'ops/conf/a.yml': 'a: b\n', 'ops/old/a.yml': 'a: b\n' })).toEqual([]);
    expect(found(duplicateFile, { 'ops/conf/a.yml': text, 'ops/old/b.yml': text })).toEqual([]);
    expect(
      found(duplicateFile, { 'ops/conf/a.yml': text, 'ops/old/a.yml': text.replaceAll('value', 'other') }),
    ).toEqual([]);
  });
});

describe('repo/default-password', () => {
  it.each(['X: ${DB_PASSWORD:-postgres}', 'X: "${API_TOKEN-secret}"', 'X: ${A_SECRET:-changeme}'])(
    'tells of %s',
    (line) => expect(found(defaultPassword, { 'ops/more.yml': `${line}\n` })).toEqual(['warning ops/more.yml:1']),
  );
  it.each([
    'X: ${DB_PASSWORD:?}',
    'X: ${DB_PASSWORD:-}',
    'X: ${DB_USER:-admin}',
    'X: ${PASSWORD_FILE:-/run/secrets/x}',
    '# X: ${DB_PASSWORD:-admin}',
  ])('is silent about %s', (line) => expect(found(defaultPassword, { 'ops/more.yml': `${line}\n` })).toEqual([]));
  it('reads settings, and no examples of them', () => {
    expect(found(defaultPassword, { 'ops/.env': 'DB_PASSWORD=admin\n' })).toEqual(['warning ops/.env:1']);
    expect(found(defaultPassword, { 'ops/.env.example': 'DB_PASSWORD=admin\n' })).toEqual([]);
  });
});

describe('repo/tracked-ignored-file', () => {
  it('looks at the files of stacks alone', () => {
    expect(found(trackedIgnoredFile, { '.gitignore': 'conf/\n' })).toEqual(['warning ops/conf/prometheus.yml:1']);
    expect(found(trackedIgnoredFile, { '.gitignore': '*.log\n', 'app/x.log': '' })).toEqual([]);
  });
});
