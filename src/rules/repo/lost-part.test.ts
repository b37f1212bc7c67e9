import { describe, expect, it } from 'vitest';
import { treeOf } from '../../model/tree.ts';
import { readRepository } from '../../read/repository.ts';
import { runRules } from '../run.ts';
import { composeOf, prometheus } from '../test-support.ts';
import { lostPart } from './lost-part.ts';

type Files = Readonly<Record<string, string>>;
const lost = (before: Files, after: Files): string[] => {
  const base = readRepository(treeOf(before));
  const { findings } = runRules(readRepository(treeOf(after), { base }), new Date(), [lostPart]);
  return findings
    .filter(({ rule }) => rule === lostPart.id)
    .map(({ severity, facts }) => `${severity} ${facts['kind']} ${facts['lost']}`);
};
const jobs = (...names: readonly string[]): string =>
  `scrape_configs:\n${names.map((name) => `  - {job_name: ${name.split('@')[0]}, static_configs: [{targets: ['${name.split('@')[1]}']}]}\n`).join('')}`;
const stack = composeOf({ prometheus, loki: 'image: grafana/loki:2.9.2' });

describe('repo/lost-part', () => {
  it.each<[string, Files, Files, string[]]>([
    [
      'a job whose service stays',
      { 'compose.yml': stack, 'prometheus.yml': jobs('a@localhost:9090', 'loki@loki:3100') },
      { 'compose.yml': stack, 'prometheus.yml': jobs('a@localhost:9090') },
      ['error Scrape job loki'],
    ],
    [
      'a job of another machine',
      { 'compose.yml': stack, 'prometheus.yml': jobs('a@localhost:9090', 'web@192.0.2.1:9100') },
      { 'compose.yml': stack, 'prometheus.yml': jobs('a@localhost:9090') },
      ['warning Scrape job web'],
    ],
    [
      'a job under another name',
      { 'compose.yml': stack, 'prometheus.yml': jobs('logs@loki:3100') },
      { 'compose.yml': stack, 'prometheus.yml': jobs('loki@loki:3100') },
      [],
    ],
    [
      'a job that went with its service',
      { 'compose.yml': stack, 'prometheus.yml': jobs('a@localhost:9090', 'loki@loki:3100') },
      {
        'compose.yml': composeOf({ prometheus, loki: 'image: grafana/loki:2.9.2' }).replace('loki:', 'logs:'),
        'prometheus.yml': jobs('a@localhost:9090'),
      },
      [],
    ],
    [
      'a service',
      { 'compose.yml': composeOf({ prometheus, cache: 'image: redis:7' }) },
      { 'compose.yml': composeOf({ prometheus }) },
      ['warning Service cache'],
    ],
    [
      'a service under another name',
      { 'compose.yml': composeOf({ prometheus }) },
      { 'compose.yml': composeOf({ metrics: prometheus }) },
      [],
    ],
    [
      'a stack that moves with its volumes',
      {
        'old/compose.yml': composeOf(
          { prometheus: 'image: prom/prometheus:v2.47.0\nvolumes: ["data:/prometheus"]' },
          'volumes:\n  data:\n',
        ),
      },
      {
        'new/compose.yml': composeOf(
          { prometheus: 'image: prom/prometheus:v2.47.0\nvolumes: ["data:/prometheus"]' },
          'volumes:\n  data:\n',
        ),
      },
      ['warning Volume old_data'],
    ],
    [
      'a volume whose name is kept',
      {
        'old/compose.yml': composeOf(
          { prometheus: 'image: prom/prometheus:v2.47.0\nvolumes: ["data:/prometheus"]' },
          'volumes:\n  data:\n',
        ),
      },
      {
        'new/compose.yml': composeOf(
          { prometheus: 'image: prom/prometheus:v2.47.0\nvolumes: ["data:/prometheus"]' },
          'volumes:\n  data: {name: old_data}\n',
        ),
      },
      [],
    ],
    [
      'a job of the pipeline',
      { 'compose.yml': stack, '.gitlab-ci.yml': 'a: {script: [x]}\nb: {script: [x]}\n' },
      { 'compose.yml': stack, '.gitlab-ci.yml': 'a: {script: [x]}\n' },
      ['warning Job b'],
    ],
  ])('%s', (_, before, after, expected) => expect(lost(before, after)).toEqual(expected));

  it('knows nothing without a plan', () => {
    const { findings } = runRules(readRepository(treeOf({ 'compose.yml': stack })), new Date(), [lostPart]);
    expect(findings.filter(({ rule }) => rule === lostPart.id)).toEqual([]);
  });
});
