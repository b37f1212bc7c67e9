#!/usr/bin/env node

import { parseArgs } from 'node:util';
import type { Outcome, Voice } from './commands/output.ts';
import { Refusal } from './commands/refusal.ts';
import { leave } from './lab/leaving.ts';
import { messageOf } from './model/message.ts';

const usage = `stackproof proves that a Docker Compose monitoring stack works before it is shipped.

  stackproof check    [PATHS…] [--repo DIR] [--plan FILE] [--stack COMPOSE_FILE] [--staged] [--format F] [--output FILE]
  stackproof preview  --plan FILE [--repo DIR] [--format pretty|patch|json]
  stackproof verify   [--plan FILE] [--repo DIR] [--stack COMPOSE_FILE] [--suite NAME]… [--substitutes allow|refuse]
                      [--pull missing|never] [--keep | --attach PROJECT | --labs N] [--shard I/N] [--restart-engine COMMAND]
                      [--reports DIR]
  stackproof merge    REPORTS… [--reports DIR]
  stackproof apply    --plan FILE [--repo DIR] [--branch NAME] [--substitutes allow|refuse] [--reports DIR] [--no-verify]
  stackproof rollback [--repo DIR]
  stackproof snapshot [--repo DIR] [--plan FILE | --stack COMPOSE_FILE] [--output DIR]
                      [--grafana URL] [--prometheus URL] [--alertmanager URL] | --verify FILE
  stackproof explain RULE | stackproof doctor | stackproof init [--repo DIR]

Exit codes: 0 all required passed · 1 something failed · 2 wrong use or a faulty plan · 3 could not tell, nothing to
look at, or refused.
`;

const options = {
  repo: { type: 'string', default: '.' },
  plan: { type: 'string' },
  stack: { type: 'string' },
  format: { type: 'string', multiple: true },
  output: { type: 'string', multiple: true },
  suite: { type: 'string', multiple: true },
  substitutes: { type: 'string' },
  pull: { type: 'string' },
  branch: { type: 'string' },
  'no-verify': { type: 'boolean', default: false },
  reports: { type: 'string', default: 'reports' },
  grafana: { type: 'string' },
  prometheus: { type: 'string' },
  alertmanager: { type: 'string' },
  verify: { type: 'string' },
  staged: { type: 'boolean', default: false },
  keep: { type: 'boolean', default: false },
  attach: { type: 'string' },
  shard: { type: 'string' },
  labs: { type: 'string' },
  'restart-engine': { type: 'string' },
  help: { type: 'boolean', short: 'h', default: false },
  version: { type: 'boolean', default: false },
} as const;

const verbs: Readonly<Record<string, readonly (keyof typeof options)[]>> = {
  check: ['repo', 'plan', 'stack', 'staged', 'format', 'output'],
  preview: ['repo', 'plan', 'format'],
  verify: [
    'repo',
    'plan',
    'stack',
    'suite',
    'substitutes',
    'pull',
    'keep',
    'attach',
    'labs',
    'shard',
    'restart-engine',
    'reports',
  ],
  merge: ['reports'],
  apply: ['repo', 'plan', 'branch', 'substitutes', 'reports', 'no-verify'],
  rollback: ['repo'],
  snapshot: ['repo', 'plan', 'stack', 'output', 'grafana', 'prometheus', 'alertmanager', 'verify'],
  explain: [],
  doctor: [],
  init: ['repo'],
};

function parse(
  args: readonly string[],
): ReturnType<typeof parseArgs<{ options: typeof options; allowPositionals: true; tokens: true }>> {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, tokens: true });
  } catch (problem) {
    throw new Refusal(2, `${messageOf(problem)}\nTry "stackproof --help".`);
  }
}

async function main(args: readonly string[], voice: Voice): Promise<Outcome> {
  const { values, positionals, tokens } = parse(args);
  const [verb, ...rest] = positionals;
  if (values.version) return { code: 0, text: `${(await import('./commands/subject.ts')).version()}\n` };
  if (values.help) return { code: 0, text: usage };
  const allowed = verbs[verb ?? ''];
  if (verb === undefined || allowed === undefined)
    throw new Refusal(2, `${verb === undefined ? 'no verb' : `no such verb: "${verb}"`}\n\n${usage}`);
  const foreign = tokens.find((token) => token.kind === 'option' && !allowed.some((name) => name === token.name));
  if (foreign?.kind === 'option') throw new Refusal(2, `"${verb}" has no option "--${foreign.name}"`);
  if (rest.length > 0 && !['check', 'explain', 'merge'].includes(verb))
    throw new Refusal(2, `"${verb}" takes no argument "${rest[0]}"`);
  const plan = values.plan === undefined ? {} : { plan: values.plan };
  const stack = values.stack === undefined ? {} : { stack: values.stack };
  const { repo, reports } = values;
  switch (verb) {
    case 'check': {
      const { check } = await import('./commands/check.ts');
      return check(
        {
          repo,
          paths: rest,
          ...plan,
          ...stack,
          staged: values.staged,
          formats: values.format ?? [],
          outputs: values.output ?? [],
        },
        voice,
      );
    }
    case 'preview':
      return (await import('./commands/preview.ts')).previewChange({
        repo,
        plan: needed('--plan', values.plan),
        format: values.format?.[0] ?? 'pretty',
      });
    case 'verify': {
      takeDownOnSignals(voice);
      const { verify } = await import('./commands/verify.ts');
      const { progressOn, withProgress } = await import('./commands/progress.ts');
      const pull =
        oneOf('--pull', values.pull ?? process.env['STACKPROOF_PULL'], ['missing', 'never'], 'missing') === 'missing';
      const substitutes = oneOf('--substitutes', values.substitutes, ['allow', 'refuse'], 'allow');
      const shard = values.shard === undefined ? {} : { shard: values.shard };
      const attach = values.attach === undefined ? {} : { attach: values.attach };
      const labs =
        values.labs === undefined ? {} : { labs: Number(oneOf('--labs', values.labs, ['1', '2', '3'], '1')) };
      const suites = values.suite ?? [];
      const restart = values['restart-engine'];
      return verify(
        {
          repo,
          ...plan,
          ...stack,
          suites,
          substitutes,
          pull,
          keep: values.keep,
          ...labs,
          ...shard,
          ...attach,
          ...(restart === undefined ? {} : { restartEngine: restart }),
          reports,
        },
        withProgress(voice, progressOn(process.stderr)),
      );
    }
    case 'merge':
      return (await import('./commands/merge.ts')).merge({ folders: rest, reports });
    case 'apply': {
      const { apply } = await import('./commands/apply.ts');
      const branch = values.branch === undefined ? {} : { branch: values.branch };
      const substitutes = oneOf('--substitutes', values.substitutes, ['allow', 'refuse'], 'refuse');
      const hooks = !values['no-verify'];
      return apply({ repo, plan: needed('--plan', values.plan), ...branch, substitutes, reports, hooks });
    }
    case 'rollback':
      return (await import('./commands/rollback.ts')).undo({ repo });
    case 'snapshot': {
      const { snapshot, verifySnapshot } = await import('./commands/snapshot.ts');
      const others = tokens.filter((token) => token.kind === 'option' && token.name !== 'verify');
      if (values.verify !== undefined && others.length > 0)
        throw new Refusal(2, '--verify reads a snapshot back and takes no other option');
      if (values.verify !== undefined) return verifySnapshot(values.verify);
      if (values.plan !== undefined && values.stack !== undefined)
        throw new Refusal(2, 'a plan names its stack: give --plan or --stack');
      const [output = reports, second] = values.output ?? [];
      if (second !== undefined) throw new Refusal(2, 'a snapshot has one --output');
      const { grafana, prometheus, alertmanager } = values;
      const given = Object.entries({ grafana, prometheus, alertmanager }).filter(([, url]) => url !== undefined);
      return snapshot({ repo, ...plan, ...stack, output, addresses: Object.fromEntries(given) });
    }
    case 'explain':
      return (await import('./commands/explain.ts')).explain(needed('RULE', rest[0]));
    case 'doctor':
      return (await import('./commands/doctor.ts')).doctor();
    default:
      return (await import('./commands/init.ts')).init(repo);
  }
}

/** A run that is told to end takes its lab down first; told twice it goes at once, and the next run sweeps. */
function takeDownOnSignals(voice: Voice): void {
  let told = false;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (told) process.exit(3);
      told = true;
      voice.say(`stackproof: told to end (${signal}): taking the lab down`);
      leave().finally(() => process.exit(3));
    });
  }
}

function needed(name: string, value: string | undefined): string {
  if (value === undefined) throw new Refusal(2, `${name} is missing\nTry "stackproof --help".`);
  return value;
}

function oneOf<T extends string>(name: string, value: string | undefined, known: readonly T[], otherwise: T): T {
  if (value === undefined) return otherwise;
  const found = known.find((one) => one === value);
  if (found === undefined) throw new Refusal(2, `${name} takes ${known.join(' or ')}, not "${value}"`);
  return found;
}

try {
  const voice: Voice = {
    say: (line) => process.stderr.write(`${line}\n`),
    colour: process.stdout.isTTY === true && !process.env['NO_COLOR'],
  };
  const { code, text } = await main(process.argv.slice(2), voice);
  process.stdout.write(text);
  process.exitCode = code;
} catch (problem) {
  const words = messageOf(problem);
  process.stderr.write(`stackproof: ${words}\n`);
  process.exitCode = problem instanceof Refusal ? problem.code : 3;
}
