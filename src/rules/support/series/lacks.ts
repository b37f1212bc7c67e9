import { knownMetric, productOfMetric } from '../../../catalog/catalog.ts';
import type { Matcher } from '../../../model/alertmanager.ts';
import type { Severity } from '../../../model/finding.ts';
import { quote, quoteAll } from '../quote.ts';
import type { Answer, Lack } from './ask.ts';
import type { Note } from './read-expression.ts';
import { variableMark } from './sample.ts';
import type { Site } from './sites.ts';
import { missedBy, suggested } from './suggest.ts';
import { decides, type Problem } from './told.ts';

type SelectorNote = Extract<Note, { readonly kind: 'selector' }>;

/** The selectors of a site that find nothing, each with the reason; one side of an "or" may well find nothing. */
function lacking(site: Site): { readonly note: SelectorNote; readonly lack: Lack; readonly name: string }[] {
  return site.reading.notes.flatMap((note) => {
    if (note.kind !== 'selector' || note.answer.lack === undefined) return [];
    if (note.position === 'alternative' && !site.reading.empty) return [];
    const name = note.node.metric ?? '';
    return name.includes(variableMark) ? [] : [{ note, lack: note.answer.lack, name }];
  });
}

/** An alert that it decides on is an error; the rest of an expression may still work. */
function severityOf(site: Site): { readonly severity?: Severity } {
  return decides(site) ? {} : { severity: 'warning' };
}

/** Metrics that nothing produces. */
export function unproduced(site: Site): Problem[] {
  const missing = lacking(site).flatMap(({ note, lack, name }): Problem[] => {
    const shared = { key: name, span: note.node.span, what: `Metric ${quote(name)}`, ...severityOf(site) };
    const meant = suggested(name);
    const hint = meant === undefined ? {} : { hint: `Write "${meant}"` };
    const facts = { metric: name, ...(meant === undefined ? {} : { meant }) };
    if (name === '') return [];
    if (lack.kind === 'metric')
      return [{ ...shared, wrong: 'is produced by no scrape job and no rule', ...hint, facts }];
    if (lack.kind === 'elsewhere')
      return [{ ...shared, wrong: `comes from ${jobs(lack.jobs)} alone, and is asked of another`, facts }];
    if (lack.kind === 'dropped')
      return [
        {
          ...shared,
          wrong: `is dropped by "metric_relabel_configs" of job ${quote(lack.target.job.name)}`,
          related: [{ at: lack.target.job.at, note: 'the job' }],
          facts,
        },
      ];
    return [];
  });
  return [...missing, ...strangers(site)];
}

/** Names that begin like a product's own and are none of it, where jobs that nobody described might still have them. */
function strangers(site: Site): Problem[] {
  return site.reading.notes.flatMap((note): Problem[] => {
    const name = note.kind === 'selector' ? (note.node.metric ?? '') : '';
    if (note.kind !== 'selector' || note.answer.outcome !== 'perhaps' || note.answer.series.length > 0) return [];
    if (name.includes(variableMark) || note.position === 'alternative') return [];
    const shared = { key: name, span: note.node.span, what: `Metric ${quote(name)}`, severity: 'warning' as const };
    if (isUnrecorded(site, name)) {
      const wrong = 'has the name of a recording that no rule makes';
      return [{ ...shared, wrong, follows: 'so nothing that is known produces it', facts: { metric: name } }];
    }
    const catalogue = missedBy(site.server, name);
    if (catalogue === undefined) return [];
    const meant = suggested(name);
    return [
      {
        ...shared,
        wrong: `is none that ${catalogue.product} ${catalogue.version} has`,
        follows: 'so nothing that is known produces it',
        hint: meant === undefined ? 'Take a metric that the exporter has' : `Write "${meant}"`,
        facts: { metric: name, product: catalogue.product, ...(meant === undefined ? {} : { meant }) },
      },
    ];
  });
}

/**
 * Exporters leave the colon to recording rules
 * (https://prometheus.io/docs/prometheus/2.47/configuration/recording_rules/); only federation brings those of others.
 */
function isUnrecorded({ server }: Site, name: string): boolean {
  const federated = server.targets.some(({ job }) => job.metricsPath !== '/metrics');
  return name.includes(':') && server.open === undefined && server.rulesKnown && !federated;
}

/** Metrics of a collector that is off. */
export function switchedOff(site: Site): Problem[] {
  return lacking(site).flatMap(({ note, lack, name }): Problem[] => {
    if (lack.kind !== 'off' || lack.target.offer === undefined) return [];
    const { catalogue, service } = lack.target.offer;
    const flag = catalogue.product === 'cadvisor' ? `--enable_metrics=…,${lack.group}` : `--collector.${lack.group}`;
    const word = catalogue.product === 'cadvisor' ? 'kind of metric' : 'collector';
    return [
      {
        key: name,
        span: note.node.span,
        what: `Metric ${quote(name)}`,
        wrong: `needs the ${word} ${quote(lack.group)}, which is off in ${quote(service.name)}`,
        hint: `Start it with "${flag}"`,
        related: [{ at: service.at, note: 'the exporter' }],
        facts: { metric: name, collector: lack.group, service: service.name },
        ...severityOf(site),
      },
    ];
  });
}

/** Matchers that no series satisfies. */
export function unmatched(site: Site): Problem[] {
  return lacking(site).flatMap(({ note, lack, name }): Problem[] => {
    if (lack.kind !== 'target' && lack.kind !== 'label') return [];
    if (lack.kind === 'label' && lack.absent && lack.metric !== undefined) return [];
    const { matcher } = lack;
    const { label, value } = matcher;
    // Two matchers of one label that exclude each other are no matter of what there is.
    if (
      lack.kind === 'target' &&
      !lack.everywhere &&
      note.node.matchers.filter((one) => one.label === label).length > 1
    )
      return [];
    const span = note.node.matchers.find((one) => one.label === label && one.value === value)?.span;
    const { key, wrong, hint } = lack.kind === 'target' ? targetWords(site, lack) : seriesWords(matcher);
    return [
      {
        key,
        ...(span === undefined ? {} : { span }),
        what: `Matcher ${quote(textOf(matcher))}${name === '' ? '' : ` of metric ${quote(name)}`}`,
        wrong,
        hint,
        facts: { metric: name, matcher: textOf(matcher) },
        ...(lack.kind === 'target' && !lack.everywhere
          ? { related: [{ at: lack.nearest.at, note: 'the target' }] }
          : {}),
        ...severityOf(site),
      },
    ];
  });
}

type Words = Pick<Problem, 'key' | 'wrong'> & { readonly hint: string };

/** A name that says which exporter has it, where something that nobody described may be that one. */
function isWellKnown({ server }: Site, name: string): boolean {
  if (name.startsWith('probe_')) return server.targets.some(({ job }) => job.metricsPath === '/probe');
  const product = productOfMetric(name);
  const scraped = server.targets.some(({ offer, likely }) => (offer?.catalogue.product ?? likely) === product);
  return knownMetric(name) !== undefined || (product !== undefined && scraped);
}

function targetWords(site: Site, { matcher, everywhere, nearest }: Extract<Lack, { readonly kind: 'target' }>): Words {
  const { label } = matcher;
  if (everywhere) {
    const wrong = label === 'job' ? `fits no scrape job${lostBy(site, matcher)}` : 'fits no target of any scrape job';
    return { key: textOf(matcher), wrong, hint: hintFor(site, label) };
  }
  const job = nearest.job.name;
  const value = nearest.labels.known.get(label) ?? '';
  return {
    key: `${job} ${label}`,
    wrong: `fits no target of job ${quote(job)}, where "${label}" is ${quote(value)}`,
    hint: `Call the label of the target otherwise, or ask for "exported_${label}", as that of the metric is called now`,
  };
}

function seriesWords(matcher: Matcher): Words {
  return { key: textOf(matcher), wrong: 'fits none of its series', hint: 'Take a value that the label can have' };
}

/** Labels that are asked for and that the metric does not have. */
export function absentLabels(site: Site): Problem[] {
  const matched = lacking(site).flatMap(({ note, lack, name }): Problem[] => {
    if (lack.kind !== 'label' || !lack.absent || lack.metric === undefined) return [];
    const { label } = lack.matcher;
    return [
      {
        key: label,
        span: note.node.matchers.find((one) => one.label === label)?.span ?? note.node.span,
        what: `Label "${label}" of metric ${quote(name)}`,
        wrong: 'is one that it does not have',
        hint: `Take one of ${quoteAll(['job', 'instance', ...lack.metric.labels])}`,
        facts: { metric: name, label },
        ...severityOf(site),
      },
    ];
  });
  const grouped = site.reading.notes.flatMap((note): Problem[] => {
    if (note.kind !== 'label' || !note.sure || note.label.includes(variableMark)) return [];
    const { span, label, word } = note;
    return [
      {
        key: `${word} ${label}`,
        span,
        what: `Label "${label}" in "${word}"`,
        wrong: 'is one that none of its series has',
        follows: 'so it is empty in the result',
        hint: 'Take a label of the series, or leave it out',
        facts: { label },
        severity: 'warning',
      },
    ];
  });
  return [...matched, ...grouped];
}

/** Sides of an operator that never find each other. */
export function unjoinable(site: Site): Problem[] {
  return site.reading.notes.flatMap((note): Problem[] => {
    if (note.kind !== 'unjoinable') return [];
    const { node, conflict, sure } = note;
    const { label, left, right } = conflict;
    const side = (value: string | undefined): string => (value === undefined ? 'another' : quote(value));
    const apart =
      left !== undefined && right !== undefined
        ? `"${label}" is ${side(left)} on one and ${side(right)} on the other`
        : `"${label}" is on one of them alone`;
    return [
      {
        key: `${node.op} ${label}`,
        span: node.opSpan,
        what: `The sides of "${node.op}"`,
        wrong: `have no labels in common: ${apart}`,
        hint: 'Say which labels join them with "on", or with "ignoring"',
        facts: { operator: node.op, label },
        ...(sure && decides(site) ? {} : { severity: 'warning' as const }),
        ...(sure ? {} : { follows: 'so the series that are known never meet' }),
      },
    ];
  });
}

/** Names that nobody knows and that jobs nobody described may have. */
export function untold(site: Site): { readonly name: string; readonly answer: Answer }[] {
  return site.reading.notes.flatMap((note) => {
    if (note.kind !== 'selector' || note.answer.outcome !== 'perhaps' || note.answer.series.length > 0) return [];
    const name = note.node.metric ?? '';
    if (name === '' || name.includes(variableMark) || isUnrecorded(site, name)) return [];
    if (missedBy(site.server, name) !== undefined || isWellKnown(site, name)) return [];
    return [{ name, answer: note.answer }];
  });
}

/** Whether the server had such a job before the plan. */
function lostBy({ server }: Site, matcher: Matcher): string {
  return server.lostJobs.some((job) => matcher.value.split('|').includes(job)) ? ', for the plan takes it away' : '';
}

function hintFor({ server }: Site, label: string): string {
  const values = new Set(server.targets.flatMap(({ labels }) => labels.known.get(label) ?? []));
  return values.size === 0 ? 'Scrape it, or take the matcher away' : `Take one of ${quoteAll([...values].sort(), 6)}`;
}

function textOf({ label, op, value }: Matcher): string {
  return `${label}${op}'${value}'`;
}

function jobs(names: readonly string[]): string {
  return `${names.length === 1 ? 'job' : 'jobs'} ${quoteAll(names)}`;
}
