import type { Matcher } from '../../model/alertmanager.ts';
import type { Place } from '../../model/location.ts';
import type { PromtailConfig } from '../../model/logs.ts';
import type { Service, Stack } from '../../model/stack.ts';
import { matchesWhole } from '../../query/re2.ts';
import { listAt, mappingAt, textsAt, textValue, valueAt } from '../../read/values.ts';
import { clientsOf } from '../promtail/clients.ts';
import { type Job, jobsOf, stagesOf } from '../promtail/jobs.ts';
import { labelsOf, madeBy } from '../promtail/stage-names.ts';
import { quoteAll } from './quote.ts';
import { variableMark } from './series/sample.ts';

/** The labels of all streams that a Loki is sent: their values, or undefined where those are not written down. */
export interface Streams {
  readonly at: Place;
  readonly labels: ReadonlyMap<string, ReadonlySet<string> | undefined>;
}

/** Labels that the stages of the two formats of container logs bring (https://grafana.com/docs/loki/v2.9.x/send-data/promtail/stages/docker/). */
const ofFormats: ReadonlyMap<string, readonly string[]> = new Map([
  ['docker', ['stream']],
  ['cri', ['stream', 'flags']],
]);

/** Labels that Loki itself gives to streams, in later versions. */
const ofLoki = new Set(['service_name', 'detected_level']);

/** What a Loki holds; undefined where somebody whom the files do not show may push to it. */
export function streamsOf(stack: Stack, loki: Service): Streams | undefined {
  const open = loki.ports.some(({ address }) => address === undefined || !/^127\.|^::1$/.test(address));
  const others = stack.services.some(
    (one) => one.product === undefined || textValue(one.definition, 'logging', 'driver') === 'loki',
  );
  const shared = loki.networks.some(({ name }) => stack.networks.find((one) => one.name === name)?.external === true);
  if (open || others || shared || loki.definition['network_mode'] !== undefined) return undefined;
  const senders = stack.promtail.filter((promtail) =>
    clientsOf(promtail, stack).some((client) => client.loki?.service === loki.name),
  );
  const [first] = senders;
  // A ruler and a canary write streams of their own.
  if (first?.file === undefined || senders.length !== stack.promtail.length) return undefined;
  const labels = new Map<string, Set<string> | undefined>();
  for (const sender of senders) if (!gather(labels, sender)) return undefined;
  return { at: { file: first.file, pointer: ['scrape_configs'], part: 'key' }, labels };
}

/** Why no stream satisfies a matcher, in words; undefined where one may. */
export function whyNone({ labels }: Streams, { label, op, value }: Matcher): string | undefined {
  if (
    value.includes(variableMark) ||
    value.includes('$') ||
    op.startsWith('!') ||
    label.startsWith('__') ||
    ofLoki.has(label)
  )
    return undefined;
  const fits = (text: string): boolean => (op === '=' ? text === value : matchesWhole(value, text));
  if (fits('')) return undefined;
  if (!labels.has(label)) return `no job of a Promtail gives its streams the label "${label}"`;
  const values = labels.get(label);
  if (values === undefined || [...values].some(fits)) return undefined;
  return `the streams have ${quoteAll([...values], 5)} there`;
}

/** Adds the labels of a Promtail's jobs; false where nobody can tell them. */
function gather(labels: Map<string, Set<string> | undefined>, { value }: PromtailConfig): boolean {
  for (const client of [...listAt(value, 'clients'), valueAt(value, 'client')])
    for (const [name, text] of Object.entries(textsAt(client, 'external_labels'))) add(labels, name, text);
  return jobsOf(value).every((job) => {
    const names = labelsOf(job);
    if (names === undefined || bringsUnknown(job)) return false;
    const groups = listAt(job.value, 'static_configs').map((group) => textsAt(group, 'labels'));
    const relabelled = new Set(listAt(job.value, 'relabel_configs').map((step) => textValue(step, 'target_label')));
    for (const name of names) {
      if (relabelled.has(name) || groups.every((group) => !(name in group))) add(labels, name, undefined);
      else for (const group of groups) add(labels, name, group[name]);
    }
    for (const stage of stagesOf(job)) {
      for (const name of ofFormats.get(stage.kind) ?? []) add(labels, name, undefined);
      if (stage.kind === 'labels') for (const name of madeBy(stage) ?? []) add(labels, name, undefined);
      if (stage.kind === 'static_labels')
        for (const [name, text] of Object.entries(textsAt(mappingAt(stage.config)))) add(labels, name, text);
    }
    return true;
  });
}

/** Stages that bring labels the files do not name. */
function bringsUnknown(job: Job): boolean {
  return stagesOf(job).some(({ kind }) => kind === 'geoip' || kind === 'eventlogmessage');
}

function add(labels: Map<string, Set<string> | undefined>, name: string, text: string | undefined): void {
  const before = labels.get(name);
  if (text === undefined || text.includes('$') || (labels.has(name) && before === undefined))
    labels.set(name, undefined);
  else if (before === undefined) labels.set(name, new Set([text]));
  else before.add(text);
}
