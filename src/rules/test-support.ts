import { treeOf } from '../model/tree.ts';
import { readRepository } from '../read/repository.ts';
import type { Texts } from '../read/test-support.ts';
import type { Rule } from './define-rule.ts';
import { runRules } from './run.ts';

/** For tests: what one rule finds in a small tree, as `severity file:line message`. */
export function told(rule: Rule, texts: Texts): string[] {
  const { findings } = runRules(readRepository(treeOf(texts)), new Date('2026-06-01'), [rule]);
  return findings
    .filter((finding) => finding.rule === rule.id)
    .map(({ severity, file, line, message }) => `${severity} ${file}:${line} ${message}`);
}

/** For tests: a compose file from services written as a mapping of YAML texts, each without indentation. */
export function composeOf(services: Readonly<Record<string, string>>, rest = ''): string {
  const written = Object.entries(services).map(([name, body]) => `  ${name}:\n${body.trim().replace(/^/gm, '    ')}\n`);
  return `services:\n${written.join('')}${rest}`;
}

/** For tests: a Prometheus whose configuration is `prometheus.yml` of the repository. */
export const prometheus = `image: prom/prometheus:v2.47.0
volumes:
  - ./prometheus.yml:/etc/prometheus/prometheus.yml:ro`;

/** For tests: an Alertmanager whose configuration is `alertmanager.yml` of the repository. */
export const alertmanager = `image: prom/alertmanager:v0.26.0
volumes:
  - ./alertmanager.yml:/etc/alertmanager/alertmanager.yml:ro`;
