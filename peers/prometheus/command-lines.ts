import { type FlagValue, prometheusFlags } from '../../src/catalog/prometheus-flags.ts';
import { treeOf } from '../../src/model/tree.ts';
import { readRepository } from '../../src/read/repository.ts';
import { rules } from '../../src/rules/registry.ts';
import { runRules } from '../../src/rules/run.ts';
import { type Choices, choices, many } from '../support/samples.ts';
import type { Verdict } from './verdicts.ts';

const values = [
  '15d',
  '1h30m',
  '30 days',
  '10',
  '10GB',
  '10G',
  '512MiB',
  'true',
  'debug',
  'json',
  'zstd',
  '2ms',
  '-1',
  '5e7',
  'x',
  '',
];
/** These end the program before it has looked at the others, or need what a case does not have. */
const left = [
  'help',
  'help-long',
  'help-man',
  'version',
  'write-documentation',
  'config.file',
  'web.external-url',
  'web.cors.origin',
];

/** Command lines of one to three flags, known and nearly known, with values of every kind. */
export function commandLines(count: number): string[][] {
  const drawn = choices('flags');
  const names = Object.keys(prometheusFlags).filter((name) => !left.includes(name));
  return Array.from({ length: many(count) }, () =>
    Array.from({ length: 1 + drawn.below(3) }, () => word(drawn, names)).flat(),
  );
}

function word(drawn: Choices, names: readonly string[]): string[] {
  const name = drawn.oneOf(names);
  const value = drawn.oneOf(values);
  switch (drawn.below(12)) {
    case 0:
      return [`--${name}`];
    case 1:
      return [`--no-${name}`];
    case 2:
      return [`-${name}=${value}`];
    case 3:
      return [`--${name}`, value];
    case 4:
      return [`--${name.replace('.', '-')}=${value}`];
    case 5:
      return [`--${name}=${value}`];
    default: {
      const kind = prometheusFlags[name]?.value ?? 'text';
      return kind === 'switch' ? [`--${name}`] : [`--${name}=${fitting(kind)}`];
    }
  }
}

function fitting(kind: FlagValue): string {
  const [first] = typeof kind === 'string' ? [] : kind;
  const known: Readonly<Record<string, string>> = { address: ':9091', whole: '10', duration: '15d', bytes: '1GB' };
  return first ?? known[String(kind)] ?? '2s';
}

const asked = rules.filter(({ id }) => id === 'prometheus/invalid-flag');

/** Our verdict on a command line. */
export function ourVerdict(words: readonly string[]): Verdict {
  const command = JSON.stringify(['--config.file=/etc/prometheus/prometheus.yml', ...words]);
  const compose = `services:\n  prometheus:\n    image: prom/prometheus:v2.47.0\n    command: ${command}\n`;
  const { findings } = runRules(readRepository(treeOf({ 'compose.yml': compose })), new Date('2026-06-01'), asked);
  const errors = findings.filter(({ rule, severity }) => severity === 'error' && rule === 'prometheus/invalid-flag');
  return { verdict: errors.length > 0 ? 'refuses' : 'accepts', words: errors.map(({ message }) => message).join('\n') };
}

/** Prometheus looks at its flags before it looks for its configuration, which is not there: that it says so is consent. */
export function theirVerdict(output: string): Verdict {
  return { verdict: /Error loading config/.test(output) ? 'accepts' : 'refuses', words: output.slice(0, 300) };
}
