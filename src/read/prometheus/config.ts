import { posix } from 'node:path';
import { durationSeconds } from '../../model/duration.ts';
import type { Located, Pointer } from '../../model/location.ts';
import type { NamedFiles, PrometheusConfig } from '../../model/prometheus.ts';
import type { Service } from '../../model/stack.ts';
import { containerFile, containerMatches } from '../container.ts';
import type { Documents } from '../documents.ts';
import { flagValue } from '../flags.ts';
import { openMapping, openValue } from '../open-mapping.ts';
import { containerPath } from '../paths.ts';
import type { Mapping } from '../values.ts';
import { listAt, optional, textsAt, textValue } from '../values.ts';
import { ruleGroupsOf } from './rules.ts';
import { scrapeJobsOf, type TargetFiles } from './scrape.ts';

const defaultPath = '/etc/prometheus/prometheus.yml';
const bitnamiPath = '/opt/bitnami/prometheus/conf/prometheus.yml';

/**
 * Prometheus of one service: its configuration, the rule files that names, and the scrape jobs, with the defaults of
 * https://prometheus.io/docs/prometheus/latest/configuration/configuration/.
 */
export function readPrometheus(documents: Documents, service: Service): PrometheusConfig {
  const { tree } = documents;
  const fallback = service.image?.value.includes('bitnami') === true ? bitnamiPath : defaultPath;
  const configPath = containerPath('/prometheus', flagValue(service, 'config.file')?.value || fallback);
  const file = containerFile(tree, service, configPath);
  const value: Mapping = (file === undefined ? undefined : openMapping(documents, file, {}, 'yaml')) ?? {};
  const scrapeInterval = secondsAt(value, 60, 'global', 'scrape_interval');
  const scrapeTimeout = secondsAt(value, Math.min(10, scrapeInterval), 'global', 'scrape_timeout');
  const evaluationInterval = secondsAt(value, 60, 'global', 'evaluation_interval');
  const folder = posix.dirname(configPath);
  const matched = (patterns: readonly Located<string>[]): NamedFiles[] =>
    patterns.map((pattern) => ({
      pattern,
      paths: containerMatches(tree, service, containerPath(folder, pattern.value)),
    }));
  const ruleFiles = matched(texts(file, value, 'rule_files'));
  const jobFiles = matched(texts(file, value, 'scrape_config_files'));
  const targetFiles = matched(targetFilesOf(file, value));
  const pathsOf = (named: readonly NamedFiles[]): string[] => [...new Set(named.flatMap(({ paths }) => paths))];
  const rulePaths = pathsOf(ruleFiles);
  const jobPaths = pathsOf(jobFiles);
  const mappings = [...rulePaths, ...jobPaths].map((path) => [path, openMapping(documents, path, {}, 'yaml')] as const);
  const lists = pathsOf(targetFiles).map((path) => [path, openValue(documents, path, {}, targetFormat(path))] as const);
  const defaults = { interval: scrapeInterval, timeout: scrapeTimeout };
  const filesOf: TargetFiles = (pattern) =>
    containerMatches(tree, service, containerPath(folder, pattern)).map((path) => ({
      path,
      value: openValue(documents, path, {}, targetFormat(path)),
    }));
  return {
    service: service.name,
    ...optional('file', file),
    value,
    scrapeInterval,
    evaluationInterval,
    externalLabels: textsAt(value, 'global', 'external_labels'),
    scrapeJobs: [
      ...(file === undefined ? [] : scrapeJobsOf(file, value, defaults, filesOf)),
      ...jobPaths.flatMap((path) =>
        scrapeJobsOf(path, openMapping(documents, path, {}, 'yaml') ?? {}, defaults, filesOf),
      ),
    ],
    ruleFiles,
    jobFiles,
    targetFiles,
    contents: new Map<string, unknown>([...mappings, ...lists]),
    ruleGroups: rulePaths.flatMap((path) => ruleGroupsOf(documents, path, evaluationInterval)),
    alertmanagers: file === undefined ? [] : alertmanagersOf(file, value),
  };
}

/** A duration in seconds; the fallback where none, or nonsense, is written. */
export function secondsAt(value: unknown, fallback: number, ...route: readonly (string | number)[]): number {
  return durationSeconds(textValue(value, ...route) ?? '') ?? fallback;
}

function texts(file: string | undefined, value: Mapping, ...route: Pointer): Located<string>[] {
  if (file === undefined) return [];
  return listAt(value, ...route).flatMap((item, index) => {
    const text = textValue(item);
    return text === undefined ? [] : [{ value: text, at: { file, pointer: [...route, index] } }];
  });
}

function targetFilesOf(file: string | undefined, value: Mapping): Located<string>[] {
  const owners: Pointer[] = [['scrape_configs'], ['alerting', 'alertmanagers']];
  return owners.flatMap((owner) =>
    listAt(value, ...owner).flatMap((one, outer) =>
      listAt(one, 'file_sd_configs').flatMap((_, inner) =>
        texts(file, value, ...owner, outer, 'file_sd_configs', inner, 'files'),
      ),
    ),
  );
}

function targetFormat(path: string): 'json' | 'yaml' {
  return path.toLowerCase().endsWith('.json') ? 'json' : 'yaml';
}

function alertmanagersOf(file: string, value: Mapping): Located<string>[] {
  const managers = listAt(value, 'alerting', 'alertmanagers');
  return managers.flatMap((manager, outer) =>
    listAt(manager, 'static_configs').flatMap((config, middle) =>
      listAt(config, 'targets').flatMap((target, inner) => {
        const pointer: Pointer = ['alerting', 'alertmanagers', outer, 'static_configs', middle, 'targets', inner];
        const text = textValue(target);
        return text === undefined ? [] : [{ value: text, at: { file, pointer } }];
      }),
    ),
  );
}
