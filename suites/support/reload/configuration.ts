import { randomBytes } from 'node:crypto';
import {
  askToReload,
  baseUrl,
  eventually,
  heldAlerts,
  type Loaded,
  lastEvaluation,
  loadedConfig,
  messageOf,
  postAlerts,
  type ReloadSubject,
  ruleNames,
  withItem,
} from '../../../src/index.ts';
import type { Found } from '../prove.ts';
import { lab, run } from '../run.ts';
import { type MountedText, mountedText, withChanges } from './swap.ts';

/** What is done to the configuration of one service. */
interface Configured {
  readonly service: string;
  readonly product: 'prometheus' | 'alertmanager';
  readonly base: string;
  readonly main: MountedText;
  readonly rule?: MountedText;
}

/** A changed configuration is taken over: a job, receiver or rule of the lab's own appears, and goes with the change. */
export async function takesOver(subject: ReloadSubject): Promise<Found> {
  const it = configured(subject);
  if ('unknown' in it) return it;
  const before = await loaded(it);
  if (!before.accepted) return { looked: 1, problems: ['the configuration it was started with is not accepted'] };
  const word = newWord();
  const item = it.product === 'prometheus' ? { job_name: word, static_configs: [] } : { name: word };
  const list = it.product === 'prometheus' ? 'scrape_configs' : 'receivers';
  const rule = { name: word, rules: [{ record: word.replaceAll('-', ':'), expr: 'vector(1)' }] };
  const changes = [
    { of: it.main, text: withItem(it.main.text, list, item) },
    ...(it.rule === undefined ? [] : [{ of: it.rule, text: withItem(it.rule.text, 'groups', rule) }]),
  ];
  const problems: string[] = [];
  await withChanges(changes, async () => {
    await tell(it);
    problems.push(...(await until(it, 'is taken over', (now) => now.accepted && now.text.includes(word))));
    if (it.rule !== undefined && problems.length === 0)
      problems.push(...(await until(it, `rule of "${it.rule.file}" is loaded`, () => hasRule(it, word))));
  });
  await tell(it);
  problems.push(...(await until(it, 'is taken back', (now) => now.accepted && now.text === before.text)));
  return { looked: changes.length, problems };
}

/** A broken file is refused: the service says so, and goes on with what it had. */
export async function refuses(subject: ReloadSubject): Promise<Found> {
  const it = configured(subject);
  if ('unknown' in it) return it;
  const before = await loaded(it);
  if (!before.accepted) return { looked: 1, problems: ['the configuration it was started with is not accepted'] };
  const main = it.main.text;
  const broken: { of: MountedText; text: string }[] =
    it.product === 'prometheus'
      ? [{ of: it.main, text: `${main}\nstackproof: [\n` }]
      : [{ of: it.main, text: withItem(main, 'inhibit_rules', { no_such_key: true }) }];
  const rule = { name: newWord(), rules: [{ record: 'stackproof', expr: 'sum(' }] };
  if (it.rule !== undefined) broken.push({ of: it.rule, text: withItem(it.rule.text, 'groups', rule) });
  const problems: string[] = [];
  for (const change of broken) {
    await withChanges([change], async () => {
      await tell(it);
      problems.push(...(await until(it, `is refused with a broken "${change.of.file}"`, (now) => !now.accepted)));
      const now = await loaded(it);
      if (now.text !== before.text)
        problems.push(`with a broken "${change.of.file}" it runs with another configuration`);
      problems.push(...(await goesOn(it)));
    });
    await tell(it);
    problems.push(...(await until(it, 'is accepted again', (now) => now.accepted && now.text === before.text)));
  }
  return { looked: broken.length, problems };
}

function configured({ service, product, files, rules }: ReloadSubject): Configured | { readonly unknown: string } {
  const [file = ''] = files;
  const main = mountedText(service, file);
  if (product === 'grafana' || main === undefined) return { unknown: `"${file}" is not mounted in the lab` };
  const rule = rules.flatMap((path) => mountedText(service, path) ?? [])[0];
  const base = baseUrl(lab(), run.stack, service);
  return { service, product, base, main, ...(rule === undefined ? {} : { rule }) };
}

/** A word that is in no configuration. */
function newWord(): string {
  return `reload-${randomBytes(4).toString('hex')}`;
}

function loaded({ base, product }: Configured): Promise<Loaded> {
  return loadedConfig(lab(), base, product);
}

async function tell({ base, service: name }: Configured): Promise<void> {
  const service = run.stack.services.find((one) => one.name === name);
  if (service !== undefined) await askToReload(lab(), base, service);
}

async function hasRule({ base }: Configured, word: string): Promise<boolean> {
  return (await ruleNames(lab(), base)).includes(word.replaceAll('-', ':'));
}

/** Looks until the loaded configuration is as wanted; a problem where it never is. */
async function until(
  it: Configured,
  what: string,
  wanted: (now: Loaded) => boolean | Promise<boolean>,
): Promise<string[]> {
  try {
    await eventually(`the configuration of "${it.service}" ${what}`, async () => {
      const now = await loaded(it);
      if (await wanted(now)) return { done: true, value: true };
      return { done: false, seen: `the last one it read was ${now.accepted ? 'accepted' : 'refused'}` };
    });
    return [];
  } catch (problem) {
    return [messageOf(problem)];
  }
}

/** With the old configuration rules are evaluated, and alerts find receivers. */
async function goesOn({ base, product, service }: Configured): Promise<string[]> {
  try {
    if (product === 'prometheus') await evaluates(base);
    else await routes(base);
    return [];
  } catch (problem) {
    return [`"${service}" does not go on: ${messageOf(problem)}`];
  }
}

async function evaluates(base: string): Promise<void> {
  const then = await lastEvaluation(lab(), base);
  if (then === undefined) return;
  await eventually(
    'rules are evaluated',
    async () => {
      const now = (await lastEvaluation(lab(), base)) ?? 0;
      return now > then ? { done: true, value: true } : { done: false, seen: `last at ${new Date(now).toISOString()}` };
    },
    { within: 90_000 },
  );
}

async function routes(base: string): Promise<void> {
  const id = newWord();
  const labels = { alertname: id };
  const startsAt = new Date();
  const endsAt = new Date(startsAt.getTime() + 10_000);
  await postAlerts(lab(), base, [{ labels, annotations: {}, startsAt, endsAt }]);
  await eventually('an alert finds receivers', async () => {
    const receivers = (await heldAlerts(lab(), base, `alertname="${id}"`)).flatMap((alert) => alert.receivers);
    return receivers.length > 0 ? { done: true, value: true } : { done: false, seen: 'none' };
  });
}
