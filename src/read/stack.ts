import type { Product, Service, Stack } from '../model/stack.ts';
import { readAlertmanager } from './alertmanager/config.ts';
import { loadCompose, projectName } from './compose/load.ts';
import { serviceOf } from './compose/service.ts';
import { topLevels } from './compose/top-level.ts';
import type { Documents } from './documents.ts';
import { readGrafana } from './grafana/config.ts';
import { readLoki } from './logs/loki.ts';
import { readPromtail } from './logs/promtail.ts';
import { readPrometheus } from './prometheus/config.ts';

/** A stack, and the other compose files it is made of. */
export interface FoundStack {
  readonly stack: Stack;
  readonly partFiles: readonly string[];
  readonly included: readonly string[];
}

/** The stack of a compose file, or undefined where the file does not parse or runs none of the known products. */
export function readStack(documents: Documents, composeFile: string): FoundStack | undefined {
  const model = loadCompose(documents, composeFile);
  if (model === undefined) return undefined;
  const services = [...model.sections.services].map(([name, part]) => serviceOf(documents, model, name, part));
  if (!services.some((service) => service.product !== undefined)) return undefined;
  const project = model.name ?? projectName(composeFile);
  const each = <T>(product: Product, reader: (documents: Documents, service: Service) => T): T[] =>
    services.filter((service) => service.product === product).map((service) => reader(documents, service));
  const stack: Stack = {
    composeFile,
    project,
    sources: model.sources,
    services,
    volumes: topLevels(model.sections.volumes, project),
    networks: topLevels(model.sections.networks, project),
    secrets: topLevels(model.sections.secrets, project),
    configs: topLevels(model.sections.configs, project),
    variables: model.variables,
    prometheus: each('prometheus', readPrometheus),
    alertmanager: each('alertmanager', readAlertmanager),
    grafana: each('grafana', readGrafana),
    loki: each('loki', readLoki),
    promtail: each('promtail', readPromtail),
  };
  return { stack, partFiles: model.partFiles, included: model.included };
}
