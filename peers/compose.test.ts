import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { it } from 'vitest';
import { stringify } from 'yaml';
import { treeOf } from '../src/model/tree.ts';
import { readRepository } from '../src/read/repository.ts';
import { runRules } from '../src/rules/run.ts';
import { type Compared, type Explanation, hold, settle } from './support/agreement.ts';
import { ask } from './support/ask.ts';
import { mutate, oddValues, type Vocabulary } from './support/mutations.ts';
import { choices, many } from './support/samples.ts';

const healthyFile = join(import.meta.dirname, '../fixtures/stacks/healthy/monitoring/docker-compose.yml');
const run = promisify(execFile);

/** Keys that the healthy stack does not have, so that mutations reach them too. */
const rich = {
  name: 'orchard',
  'x-note': { any: ['thing'] },
  services: {
    prometheus: {
      image: 'prom/prometheus:v2.47.0',
      build: { context: '.', args: { A: 1 }, labels: ['a=b'] },
      environment: ['A=1', 'B'],
      ports: [{ target: 9090, published: '9091', protocol: 'tcp', mode: 'host' }, '9092-9093:9092-9093', 9094],
      volumes: [{ type: 'volume', source: 'data', target: '/prometheus', volume: { nocopy: true } }, './a:/a:ro'],
      networks: { front: { aliases: ['prom'], ipv4_address: '172.30.0.5' }, back: null },
      depends_on: { node: { condition: 'service_started', restart: true } },
      logging: { driver: 'json-file', options: { 'max-size': '10m', 'max-file': 3 } },
      ulimits: { nofile: { soft: 1024, hard: 2048 }, nproc: 65_535 },
      sysctls: { 'net.core.somaxconn': 1024 },
      extra_hosts: ['host.docker.internal:host-gateway'],
      stop_grace_period: '1m30s',
      tmpfs: ['/tmp'],
      configs: [{ source: 'web', target: '/web.yml', mode: 288 }],
      secrets: ['token'],
      deploy: {
        replicas: 1,
        restart_policy: { condition: 'on-failure', delay: '5s', max_attempts: 3 },
        resources: { limits: { cpus: '0.5', memory: '512M', pids: 100 }, reservations: { memory: '128M' } },
      },
    },
    node: {
      image: 'prom/node-exporter:v1.6.1',
      pid: 'host',
      mem_limit: '128m',
      cpus: 0.5,
      devices: ['/dev/kmsg:/dev/kmsg'],
      labels: { a: 'b', c: 1 },
      profiles: ['all'],
      init: true,
      entrypoint: null,
    },
  },
  networks: { front: { ipam: { config: [{ subnet: '172.30.0.0/24' }] } }, back: null },
  volumes: { data: { driver: 'local', driver_opts: { type: 'none', o: 'bind', device: '/srv' } } },
  configs: { web: { content: 'a' } },
  secrets: { token: { environment: 'TOKEN' } },
};

const vocabulary: Vocabulary = {
  keys: ['image', 'command', 'deploy', 'limits', 'external', 'name', 'test', 'enviroment', 'restarts', 'x-more'],
  values: [...oddValues, '512M', '1Gi', 'service_healthy', 'host', '172.30.0.9', '8080:80', '/a:/b', 'data:/c'],
};

/** Dollar signs that are variables, that are none, and that are refused. */
const dollars = ['a$', '$1', '$@', '$-', '^(a|b)$)', '$${', '${', '${1}', '${@}', 'x${a b}', '${A', '$${A}'].map(
  (word) => ({
    what: `the word ${word}`,
    text: stringify({ services: { prometheus: { image: 'prom/prometheus:v2.47.0', command: [word] } } }),
  }),
);

/** What the healthy stack requires of its server. */
const env = 'GRAFANA_ADMIN_PASSWORD=secret\n';

const refusing = /compose refuses|compose ends without|does not parse/;
const late = new Set(['compose/invalid-interpolation', 'compose/unresolved-include', 'compose/unresolved-extends']);

function ours(text: string): string {
  const repository = readRepository(treeOf({ 'compose.yml': text, '.env': env }));
  const { findings } = runRules(repository, new Date('2026-06-01'));
  const named = findings.some(
    ({ rule, message }) => rule === 'stack/contested-claim' && /container name/.test(message),
  );
  const refused = findings.some(
    ({ severity, rule, message }) => severity === 'error' && (refusing.test(message) || late.has(rule)),
  );
  if (refused || named) return 'refused';
  return repository.stacks.length === 0 ? 'no stack' : 'accepted';
}

interface Case {
  readonly what: string;
}

const explanations: readonly Explanation<Case>[] = [
  { why: 'a file without a known product is not ours to judge', covers: ({ ours: verdict }) => verdict === 'no stack' },
  {
    why: 'what a variable makes of a place is not known',
    covers: ({ subject, ours: verdict }) => verdict === 'accepted' && /\$\{?[A-Za-z]/.test(subject.what),
  },
];

it('agrees with docker compose on mutations of two compose files', async (context) => {
  const found = await run('docker', ['compose', 'version', '--short']).catch(() => undefined);
  if (found === undefined || !/^v?2\.|^v?[3-9]/.test(found.stdout)) {
    context.task.meta.unknown = 'there is no docker compose on this machine';
    context.skip('unknown: there is no docker compose on this machine');
    return;
  }
  const bases = [readFileSync(healthyFile, 'utf8'), stringify(rich)];
  const mutated = bases.flatMap((text, base) => {
    const drawn = choices(`compose ${base}`);
    const mutants = Array.from({ length: many(base === 0 ? 100 : 200) }, () => mutate(text, drawn, vocabulary));
    return [{ text, what: 'as it is' }, ...mutants];
  });
  const cases = [...mutated, ...dollars];
  const docker = { file: 'docker', origin: `docker compose ${found.stdout.trim()}` };
  const answers = await ask(
    docker,
    cases.map(({ text }) => ({
      args: ['compose', '-f', 'compose.yml', '--profile', '*', 'config', '-q'],
      files: { 'compose.yml': text, '.env': env },
    })),
  );
  const compared = cases.map(({ text, what }, index): Compared<Case> => {
    const { status, output = '' } = answers[index] ?? { status: null };
    const theirs = status === 0 ? 'accepted' : 'refused';
    const told = output
      .split('\n')
      .filter((line) => !line.includes('level=warning'))
      .join(' ')
      .slice(0, 300);
    return { subject: { what }, ours: ours(text), theirs, shown: `${told}\n${what}` };
  });
  hold('compose files', settle(compared, explanations), cases.length);
});
