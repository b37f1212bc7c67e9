import { describe, expect, it } from 'vitest';
import type { RemovedPath } from '../../model/plan.ts';
import { treeOf } from '../../model/tree.ts';
import { readRepository } from '../../read/repository.ts';
import { runRules } from '../run.ts';
import { composeOf, prometheus } from '../test-support.ts';
import { lostRule } from './lost-rule.ts';

type Texts = Readonly<Record<string, string>>;

const jobs = (...names: string[]): string => JSON.stringify(names.map((name) => ({ job_name: name })));
const server = (rules: readonly object[], scraped = jobs('node')): Texts => ({
  'compose.yml': composeOf({ prometheus: `${prometheus}\n  - ./rules.yml:/etc/prometheus/rules.yml` }),
  'prometheus.yml': `rule_files: [rules.yml]\nscrape_configs: ${scraped}\n`,
  'rules.yml': JSON.stringify({ groups: [{ name: 'g', rules }] }),
});
const alert = (name: string, expr = 'up == 0'): object => ({ alert: name, expr });

function tell(before: Texts, after: Texts, removed: readonly RemovedPath[] = []): string[] {
  const base = readRepository(treeOf(before));
  const { findings } = runRules(readRepository(treeOf(after), { base, removed }), new Date('2026-06-01'), [lostRule]);
  return findings.filter(({ rule }) => rule === lostRule.id).map(({ severity, message }) => `${severity} ${message}`);
}

describe('rules/lost-rule', () => {
  it('is silent where a rule has another expression, another file or another place', () => {
    expect(tell(server([alert('A')]), server([alert('B'), alert('A', 'up < 1')]))).toEqual([]);
  });

  it('is silent without a plan', () => {
    const { findings } = runRules(readRepository(treeOf(server([alert('A')]))), new Date('2026-06-01'), [lostRule]);
    expect(findings).toEqual([]);
  });

  it('tells a recording rule from an alert', () => {
    expect(tell(server([{ record: 'A', expr: 'sum(up)' }]), server([alert('A')]))).toEqual([
      expect.stringMatching(/^error "A" of "rules.yml" was .*what they recorded/),
    ]);
  });

  it('warns only where the jobs are gone as well', () => {
    const before = server([alert('A', 'up{job="old"} == 0'), alert('B')], jobs('node', 'old'));
    expect(tell(before, server([alert('B')]))).toEqual([
      expect.stringMatching(/^warning "A" .*the jobs they watch are gone/),
    ]);
  });

  it('warns of a deleted file of alerts that nobody had read', () => {
    const file =
      'groups:\n  - name: x\n    rules:\n      - alert: Disk\n        expr: x > 1\n      - alert: A\n        expr: y > 1\n';
    const before = { ...server([alert('A')]), 'old/x.yml': file };
    expect(tell(before, server([alert('A')]), [{ path: 'old' }])).toEqual([
      expect.stringMatching(/^warning "old\/x.yml" is deleted with "Disk", which no Prometheus/),
    ]);
    expect(tell(before, server([alert('A')]), [{ path: 'old', movedTo: 'new' }])).toEqual([]);
  });
});
