import { describe, expect, it } from 'vitest';
import { treeOf } from '../../model/tree.ts';
import { readRepository } from '../../read/repository.ts';
import { jsonReport } from '../../report/json.ts';
import { runRules } from '../run.ts';
import { composeOf, prometheus, told } from '../test-support.ts';
import { literalSecret } from './literal-secret.ts';

const secret = 'smtp_auth_password: kestrel-41-harbour\n';
const found = (texts: Readonly<Record<string, string>>): string[] =>
  told(literalSecret, { 'ops/compose.yml': composeOf({ prometheus }), ...texts }).map(
    (line) => line.split(' ')[1] ?? '',
  );

describe('repo/literal-secret', () => {
  it.each(['ops/a.yml', 'ops/deep/a.ini', 'ops/.env', '.gitlab-ci.yml'])('reads %s', (path) =>
    expect(found({ [path]: secret })).toEqual([`${path}:1`]),
  );

  it.each(['app/config.yml', 'ops/.env.example', 'ops/tests/a.yml', 'ops/README.md', 'ops/main.go'])(
    'leaves %s alone',
    (path) => expect(found({ [path]: secret })).toEqual([]),
  );

  it('reads what a stack mounts, and of a stack at the root only the root', () => {
    const mounting = composeOf({ prometheus: 'image: prom/prometheus:v2.47.0\nvolumes: ["./conf:/etc/prometheus"]' });
    const texts = { 'compose.yml': mounting, 'conf/a.yml': secret, 'app/b.yml': secret, 'c.yml': secret };
    expect(told(literalSecret, texts).map((line) => line.split(' ')[1])).toEqual(['c.yml:1', 'conf/a.yml:1']);
  });

  it('never says what it is', () => {
    const tree = treeOf({ 'ops/compose.yml': composeOf({ prometheus }), 'ops/a.yml': secret });
    const report = jsonReport(runRules(readRepository(tree)));
    expect(report).toContain('repo/literal-secret');
    expect(report).not.toContain('kestrel');
  });
});
