import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  adminOf,
  baseUrl,
  containerState,
  eventually,
  type GrafanaConfig,
  type GrafanaDoor,
  grafanaHealth,
} from '../../../src/index.ts';
import { lab, run } from '../run.ts';

const doors = new Map<string, Promise<GrafanaDoor>>();

/** How to ask a Grafana of the lab: its address and its administrator. */
export function doorOf(service: string): Promise<GrafanaDoor> {
  const known = doors.get(service) ?? open(service);
  doors.set(service, known);
  return known;
}

/** The configuration of a Grafana of the stack. */
export function grafanaOf(service: string): GrafanaConfig {
  const config = run.stack.grafana.find((one) => one.service === service);
  if (config === undefined) throw new Error(`service "${service}" runs no Grafana`);
  return config;
}

async function open(service: string): Promise<GrafanaDoor> {
  const { environment } = await containerState(lab(), service);
  const readMounted = (path: string): string | undefined => {
    const mounted = lab().mounted.find((one) => one.service === service && one.target === path);
    return mounted === undefined ? undefined : readFileSync(join(lab().folder, mounted.file), 'utf8');
  };
  const base = baseUrl(lab(), run.stack, service);
  await eventually(
    `Grafana "${service}" answers`,
    async () => {
      const status = await grafanaHealth(lab(), base);
      return status === 200 ? { done: true, value: true } : { done: false, seen: `status ${status}` };
    },
    { within: 120_000 },
  );
  return { base, user: adminOf(grafanaOf(service), environment, readMounted) };
}
