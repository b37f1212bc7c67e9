import {
  baseUrl,
  type Datasource,
  type DatasourceRef,
  datasourceOf,
  type GrafanaConfig,
  interpolated,
  type LabSource,
  serviceByHost,
  type VariableValues,
} from '../../../src/index.ts';
import { lab, run } from '../run.ts';
import { doorOf, grafanaOf } from './door.ts';

/** What a reference to a datasource means in the lab, or why it cannot be asked. */
export type FoundSource = LabSource | { readonly problem: string } | { readonly unknown: string };

/** The datasource that a reference means once its variables have values, where it is a service of the lab. */
export async function sourceOf(
  service: string,
  written: DatasourceRef | undefined,
  values: VariableValues,
): Promise<FoundSource> {
  const grafana = grafanaOf(service);
  const reference = written === undefined ? undefined : filled(written, values);
  const datasource = datasourceOf(grafana, reference);
  const named = reference?.uid ?? reference?.name ?? '';
  if (datasource === undefined)
    return mayBeMadeByHand(grafana)
      ? { unknown: `whether Grafana has the datasource "${named}" cannot be told from the files` }
      : { problem: `its datasource "${named}" is not provisioned` };
  const { name, type, uid } = datasource;
  const base = addressOf(datasource);
  if (base === undefined || (type !== 'prometheus' && type !== 'loki'))
    return { unknown: `datasource "${name}" is of type "${type}" or outside the stack` };
  return { type, uid, name, base, door: await doorOf(service) };
}

/** Older dashboards name a datasource, or a variable that holds one, where newer ones have a uid. */
function filled({ uid, name, ...rest }: DatasourceRef, values: VariableValues): DatasourceRef {
  return {
    ...rest,
    ...(uid === undefined ? {} : { uid: interpolated(uid, values, 'plain') }),
    ...(name === undefined ? {} : { name: interpolated(name, values, 'plain') }),
  };
}

/** The service a datasource means: the one its address names, else the first of its kind. */
function addressOf({ type, url }: Datasource): string | undefined {
  const named =
    url !== undefined && URL.canParse(url.value) ? serviceByHost(run.stack, new URL(url.value).hostname) : undefined;
  const service = named?.product === type ? named : run.stack.services.find((one) => one.product === type);
  if (service === undefined || lab().services[service.name] === undefined) return undefined;
  return baseUrl(lab(), run.stack, service.name);
}

/** Where nothing is provisioned, or a name comes from the environment, the files do not tell what Grafana has. */
function mayBeMadeByHand({ datasources }: GrafanaConfig): boolean {
  return datasources.length === 0 || datasources.some((one) => `${one.name}${one.uid}`.includes('$'));
}
