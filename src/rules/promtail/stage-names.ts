import type { Pointer } from '../../model/location.ts';
import { flagAt, listAt, mappingAt, textsAt, textValue, valueAt } from '../../read/values.ts';
import { hasSource, type Job, type Stage } from './jobs.ts';

/** A name that a stage reads, and where it says so. */
export interface Reading {
  readonly name: string;
  readonly pointer: Pointer;
  readonly part: 'key' | 'value';
}

/** The names of extracted values that a stage reads. */
export function readBy({ kind, config, pointer }: Stage): Reading[] {
  const at = (key: string): Reading[] => {
    const name = textValue(config, key);
    return name === undefined || name === '' ? [] : [{ name, pointer: [...pointer, key], part: 'value' }];
  };
  if (kind === 'labels' || kind === 'structured_metadata' || kind === 'non_indexed_labels')
    return Object.entries(textsAt(config)).map(([label, source]) => ({
      name: source || label,
      pointer: [...pointer, label],
      part: source === '' ? 'key' : 'value',
    }));
  if (kind === 'drop' && Array.isArray(valueAt(config, 'source')))
    return listAt(config, 'source').flatMap((name, index) =>
      typeof name === 'string' ? [{ name, pointer: [...pointer, 'source', index], part: 'value' as const }] : [],
    );
  if (kind === 'metrics')
    return Object.entries(mappingAt(config)).flatMap(([name, metric]): Reading[] => {
      if (flagAt(metric, 'config', 'match_all') === true) return [];
      const source = textValue(metric, 'source');
      return source === undefined
        ? [{ name, pointer: [...pointer, name], part: 'key' }]
        : [{ name: source, pointer: [...pointer, name, 'source'], part: 'value' }];
    });
  return /^(json|regex|logfmt|replace|timestamp|output|tenant|drop|geoip)$/.test(kind) ? at('source') : [];
}

/** The names that a stage adds to what is extracted, labels among them; undefined where nobody can tell. */
export function madeBy({ kind, config }: Stage): readonly string[] | undefined {
  switch (kind) {
    case 'json':
      return Object.keys(mappingAt(config, 'expressions'));
    case 'logfmt':
      return Object.keys(mappingAt(config, 'mapping'));
    case 'regex':
    case 'replace':
      return groupsOf(textValue(config, 'expression') ?? '');
    case 'template':
      return [textValue(config, 'source') ?? ''];
    case 'docker':
      return ['output', 'stream', 'timestamp'];
    case 'cri':
      return ['time', 'stream', 'flags', 'content'];
    case 'labels':
    case 'static_labels':
      return Object.keys(mappingAt(config));
    case 'eventlogmessage':
    case 'geoip':
      return undefined;
    default:
      return [];
  }
}

/** The labels of a job's lines before its first stage; undefined where nobody can tell. */
export function labelsOf(job: Job): readonly string[] | undefined {
  const relabelled = listAt(job.value, 'relabel_configs');
  if (relabelled.some((step) => /^(labelmap|labelkeep)$/i.test(textValue(step, 'action') ?? ''))) return undefined;
  const kind = [...closedSources].find(([source]) => hasSource(job, source));
  const others = Object.keys(job.value).filter((key) => /_sd_configs$/.test(key) && hasSource(job, key));
  if (kind === undefined || others.some((key) => !closedSources.has(key))) return undefined;
  const written = kind[1] === '' ? [] : Object.keys(mappingAt(job.value, kind[0], 'labels'));
  const fixed = listAt(job.value, 'static_configs').flatMap((group) => Object.keys(mappingAt(group, 'labels')));
  const made = relabelled.map((step) => textValue(step, 'target_label') ?? '');
  const names = [...written, ...fixed, ...made].filter((name) => name !== '' && !name.startsWith('__'));
  return [...names, ...(readsFiles(job) ? ['filename'] : [])];
}

/** Sources that give no label but those that are written in the job, and the key they are written at. */
const closedSources: ReadonlyMap<string, string> = new Map([
  ['static_configs', ''],
  ['docker_sd_configs', ''],
  ['kubernetes_sd_configs', ''],
  ['journal', 'labels'],
  ['syslog', 'labels'],
]);

/** Whether a job tails files, each of which brings its name as a label. */
function readsFiles(job: Job): boolean {
  return hasSource(job, 'static_configs') || hasSource(job, 'kubernetes_sd_configs');
}

/** The named groups of a regular expression. */
function groupsOf(expression: string): string[] {
  return [...expression.matchAll(/\(\?P?<([A-Za-z_]\w*)>/g)].map(([, name = '']) => name);
}
