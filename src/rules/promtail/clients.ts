import type { Place, Pointer } from '../../model/location.ts';
import type { LokiConfig, PromtailConfig } from '../../model/logs.ts';
import type { Stack } from '../../model/stack.ts';
import { serviceByHost } from '../../model/stack.ts';
import { flagValue } from '../../read/flags.ts';
import { splitAddress } from '../../read/prometheus/scrape.ts';
import { flagAt, isMapping, listAt, type Mapping, textValue } from '../../read/values.ts';
import { jobsOf, stagesOf } from './jobs.ts';

/** A client of a Promtail, and the Loki of the stack it pushes to, where there is one. */
export interface Client {
  readonly url: string;
  readonly value: Mapping;
  readonly pointer: Pointer;
  readonly loki?: LokiConfig;
}

/** The clients of a Promtail; `client` is the older way to write one. */
export function clientsOf({ value }: PromtailConfig, stack: Stack): Client[] {
  const listed = listAt(value, 'clients').map((client, index) => ({ client, pointer: ['clients', index] }));
  return [...listed, { client: value['client'], pointer: ['client'] }].flatMap(({ client, pointer }) => {
    const url = textValue(client, 'url');
    if (!isMapping(client) || url === undefined || url.includes('$')) return [];
    const { host } = splitAddress(url, 'http');
    const service = serviceByHost(stack, host);
    const loki = stack.loki.find((one) => one.service === service?.name);
    return [{ url, value: client, pointer, ...(loki === undefined ? {} : { loki }) }];
  });
}

/** Whether a Loki asks every caller for a tenant; undefined where its files do not tell. It does unless it is told not to. */
export function asksForTenant(loki: LokiConfig, stack: Stack): boolean | undefined {
  const service = stack.services.find((one) => one.name === loki.service);
  if (service === undefined) return undefined;
  const flag = flagValue(service, 'auth.enabled');
  if (flag !== undefined) return flag.value === '' ? true : flagAt(flag.value);
  if (loki.file === undefined || Object.keys(loki.value).length === 0) return undefined;
  const written = textValue(loki.value, 'auth_enabled');
  return written === undefined ? true : flagAt(loki.value, 'auth_enabled');
}

/** Where a Loki is told whether to ask for a tenant; its service where no file of the repository tells it. */
export function tenantSwitch({ file, service }: LokiConfig, stack: Stack): Place | undefined {
  return file === undefined
    ? stack.services.find(({ name }) => name === service)?.at
    : { file, pointer: ['auth_enabled'] };
}

/** Whether stages of a Promtail choose the tenant line by line. */
export function choosesTenants({ value }: PromtailConfig): boolean {
  return jobsOf(value).some((job) => stagesOf(job).some(({ kind }) => kind === 'tenant'));
}
