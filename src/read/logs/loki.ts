import type { LokiConfig } from '../../model/logs.ts';
import type { Service } from '../../model/stack.ts';
import { containerFile } from '../container.ts';
import type { Documents } from '../documents.ts';
import { flagValue } from '../flags.ts';
import { openMapping } from '../open-mapping.ts';
import { containerPath } from '../paths.ts';
import { optional } from '../values.ts';
import { readLokiRules } from './loki-rules.ts';

const defaultPath = '/etc/loki/local-config.yaml';

/** Loki of one service; of the comma-separated list that `-config.file` may be, the first file that is there counts. */
export function readLoki(documents: Documents, service: Service): LokiConfig {
  const file = configFile(documents, service, defaultPath);
  const value = file === undefined ? undefined : openMapping(documents, file, {}, 'yaml');
  const rules = readLokiRules(documents, service, value);
  return { service: service.name, ...optional('file', file), value: value ?? {}, rules };
}

/** The file `-config.file` (or its default) means, for the two programs that share the flag's form. */
export function configFile(documents: Documents, service: Service, fallback: string): string | undefined {
  const paths = (flagValue(service, 'config.file')?.value || fallback).split(',');
  for (const path of paths) {
    const file = containerFile(documents.tree, service, containerPath('/', path.trim()));
    if (file !== undefined) return file;
  }
  return undefined;
}
