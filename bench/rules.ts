import { mkdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisedProgram } from '../peers/support/genuine.ts';
import { type Figure, inFolder } from './figure.ts';
import { inTurns, ratio, stackproof } from './measure.ts';

/** `check` against `promtool check rules` on 10,000 alert rules, and how the time grows from 1,000 to 100,000. */
export async function rulesFigures(rounds = 5): Promise<Figure[]> {
  const promtool = await promisedProgram('promtool');
  return inFolder((folder) => {
    const [small, middle, large] = [1000, 10_000, 100_000].map((count) => writeStack(folder, count));
    if (small === undefined || middle === undefined || large === undefined) throw new Error('no stack was written');
    const { ours, theirs } = inTurns(rounds, {
      ours: [stackproof('check', '--repo', middle.repo)],
      theirs: [[promtool, 'check', 'rules', middle.rules]],
    });
    const growth = inTurns(3, {
      small: [stackproof('check', '--repo', small.repo)],
      middle: [stackproof('check', '--repo', middle.repo)],
      large: [stackproof('check', '--repo', large.repo)],
    });
    const grown = (more: 'middle' | 'large', less: 'small' | 'middle', sizes: number): string =>
      (growth[more].cpuMs / growth[less].cpuMs / sizes).toFixed(2);
    return [
      {
        what: '10,000 rules, against promtool check rules, wall',
        ratio: ratio(ours.wallMs, theirs.wallMs),
        bar: '1.0',
      },
      {
        what: '10,000 rules, against promtool check rules, user and system time',
        ratio: ratio(ours.cpuMs, theirs.cpuMs),
        bar: '–',
      },
      { what: '10,000 rules, peak memory', ratio: ratio(ours.peakMb, theirs.peakMb), bar: '2.0' },
      {
        what: '1,000 → 10,000 rules, time by size',
        ratio: grown('middle', 'small', middle.size / small.size),
        bar: '1.2',
      },
      {
        what: '10,000 → 100,000 rules, time by size',
        ratio: grown('large', 'middle', large.size / middle.size),
        bar: '1.2',
      },
      {
        what: '1,000 → 100,000 rules, time by size',
        ratio: grown('large', 'small', large.size / small.size),
        bar: '1.2',
      },
    ];
  });
}

function writeStack(folder: string, count: number): { repo: string; rules: string; size: number } {
  const repo = join(folder, `rules-${count}`);
  mkdirSync(repo);
  const mounts = ['prometheus.yml', 'alerts.yml'].map((file) => `      - ./${file}:/etc/prometheus/${file}:ro\n`);
  writeFileSync(
    join(repo, 'docker-compose.yml'),
    `services:\n  prometheus:\n    image: prom/prometheus:v2.47.0\n    volumes:\n${mounts.join('')}`,
  );
  writeFileSync(
    join(repo, 'prometheus.yml'),
    "rule_files:\n  - alerts.yml\nscrape_configs:\n  - job_name: prometheus\n    static_configs:\n      - targets: ['localhost:9090']\n",
  );
  const rules = join(repo, 'alerts.yml');
  writeFileSync(rules, `groups:\n${Array.from({ length: count }, (_, index) => rule(index)).join('')}`);
  return { repo, rules, size: statSync(rules).size };
}

/** Every rule another expression, twenty to a group. */
function rule(index: number): string {
  const group = index % 20 === 0 ? `  - name: group-${index / 20}\n    rules:\n` : '';
  return `${group}      - alert: Alert${index}
        expr: sum by (job) (rate(prometheus_http_requests_total{code=~"5..",handler="/h${index}"}[5m])) > ${index}
        for: 5m
        labels:
          severity: warning
        annotations:
          summary: "Errors of {{ $labels.job }} at handler ${index}"
`;
}
