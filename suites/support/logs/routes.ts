import { baseUrl, type LogJobSubject, type LokiDoor, serviceByHost } from '../../../src/index.ts';
import { lab, leftOut, run } from '../run.ts';

/** A Loki that a Promtail sends to, and the ways to ask it: one per tenant it may have been sent as. */
export interface Destination {
  readonly loki: string;
  readonly doors: readonly LokiDoor[];
}

/**
 * The Loki that an address means: the service it names, else the first of the stack, which the lab puts in the place of
 * one outside.
 */
export function lokiAt(url: string): string | undefined {
  const named = URL.canParse(url) ? serviceByHost(run.stack, new URL(url).hostname) : undefined;
  return named?.product === 'loki' ? named.name : run.stack.services.find((one) => one.product === 'loki')?.name;
}

/** Where a job's lines go, or why they cannot be looked for. */
export function destinationsOf({ service, job }: LogJobSubject): readonly Destination[] | { readonly unknown: string } {
  const clients = clientsOf(service);
  const byLoki = new Map<string, Set<string | undefined>>();
  for (const { url, tenant } of clients) {
    const loki = lokiAt(url);
    if (loki === undefined) continue;
    const tenants = byLoki.get(loki) ?? new Set();
    for (const one of [...stageTenants(job?.['pipeline_stages']), tenant]) tenants.add(one);
    byLoki.set(loki, tenants);
  }
  if (byLoki.size === 0) return { unknown: `"${service}" sends to no Loki of the stack` };
  for (const loki of byLoki.keys()) {
    const absent = leftOut(loki);
    if (absent !== undefined) return { unknown: absent };
  }
  return [...byLoki].map(([loki, tenants]) => {
    const base = baseUrl(lab(), run.stack, loki);
    return { loki, doors: [...tenants].map((tenant) => ({ base, ...(tenant === undefined ? {} : { tenant }) })) };
  });
}

/** Where nothing is written in the configuration, `-client.url` says it. */
function clientsOf(service: string): { readonly url: string; readonly tenant?: string }[] {
  const value = run.stack.promtail.find((one) => one.service === service)?.value ?? {};
  const written = [value['clients'], value['client']].flat().flatMap((client) => {
    if (typeof client !== 'object' || client === null) return [];
    const tenant = Reflect.get(client, 'tenant_id');
    return [{ url: String(Reflect.get(client, 'url')), ...(typeof tenant === 'string' ? { tenant } : {}) }];
  });
  return written.length > 0 ? written : [{ url: '' }];
}

/** Tenants that a pipeline gives by name (https://grafana.com/docs/loki/v2.9.x/send-data/promtail/stages/tenant/). */
function stageTenants(stages: unknown): string[] {
  if (!Array.isArray(stages)) return [];
  return stages.flatMap((stage: unknown) => {
    if (typeof stage !== 'object' || stage === null) return [];
    const nested = Reflect.get(Object(Reflect.get(stage, 'match')), 'stages');
    const value = Reflect.get(Object(Reflect.get(stage, 'tenant')), 'value');
    return [...stageTenants(nested), ...(typeof value === 'string' ? [value] : [])];
  });
}
