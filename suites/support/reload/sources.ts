import { randomBytes } from 'node:crypto';
import {
  eventually,
  type GrafanaDoor,
  messageOf,
  type ReloadSubject,
  reloadProvisioning,
  sourceNames,
  withItem,
} from '../../../src/index.ts';
import { noteBroken } from '../broken.ts';
import { doorOf } from '../dashboards/door.ts';
import type { Found } from '../prove.ts';
import { lab } from '../run.ts';
import { type MountedText, mountedText, withChanges } from './swap.ts';

/** A file that provisions data sources of a Grafana. */
interface Provisioned {
  readonly door: GrafanaDoor;
  readonly mounted: MountedText;
}

/**
 * A data source that is added to the file is there after a reload, and gone when the file has it deleted: without that
 * Grafana 10 keeps what a file no longer has
 * (https://grafana.com/docs/grafana/v10.2/administration/provisioning/#data-sources).
 */
export async function takesOverSource(subject: ReloadSubject): Promise<Found> {
  const it = await provisioned(subject);
  if ('unknown' in it) return it;
  const { door, mounted } = it;
  const before = await sourceNames(lab(), door);
  const name = `reload-${randomBytes(4).toString('hex')}`;
  const source = { name, uid: name, type: 'prometheus', access: 'proxy', url: 'http://127.0.0.1:9' };
  const added = withItem(mounted.text, 'datasources', source);
  const deleted = withItem(mounted.text, 'deleteDatasources', { name, orgId: 1 });
  const problems = await withChanges([{ of: mounted, text: added }], () => reads(door, [...before, name].sort()));
  problems.push(...(await withChanges([{ of: mounted, text: deleted }], () => reads(door, before))));
  problems.push(...(await reads(door, before)));
  return { looked: 2, problems };
}

/** With a file that does not parse the reload is refused, and Grafana goes on with the data sources it had. */
export async function keepsSources(subject: ReloadSubject): Promise<Found> {
  const it = await provisioned(subject);
  if ('unknown' in it) return it;
  const { door, mounted } = it;
  const before = await sourceNames(lab(), door);
  noteBroken(mounted.target);
  const problems = await withChanges([{ of: mounted, text: `${mounted.text}\nstackproof: [\n` }], async () => {
    const status = await reloadProvisioning(lab(), door, 'datasources');
    const now = await sourceNames(lab(), door);
    return [
      ...(status === 200 ? [`it takes a broken "${mounted.file}" for a good one`] : []),
      ...(now.join() === before.join()
        ? []
        : [`with a broken "${mounted.file}" its data sources are ${now.join(', ')}`]),
    ];
  });
  problems.push(...(await reads(door, before)));
  return { looked: 2, problems };
}

async function provisioned({ service, files }: ReloadSubject): Promise<Provisioned | { readonly unknown: string }> {
  const mounted = files.flatMap((file) => mountedText(service, file) ?? [])[0];
  if (mounted === undefined) return { unknown: `no file of data sources of "${service}" is mounted in the lab` };
  const door = await doorOf(service);
  const status = await reloadProvisioning(lab(), door, 'datasources');
  return status === 200
    ? { door, mounted }
    : { unknown: `Grafana answers ${status} when it is told to read its data sources again` };
}

/** Has Grafana read its data sources again, and looks whether it has those that are wanted. */
async function reads(door: GrafanaDoor, wanted: readonly string[]): Promise<string[]> {
  try {
    await eventually('the data sources are those of the file', async () => {
      const status = await reloadProvisioning(lab(), door, 'datasources');
      const now = await sourceNames(lab(), door);
      if (status === 200 && now.join() === wanted.join()) return { done: true, value: true };
      return { done: false, seen: `status ${status}, ${now.join(', ')}` };
    });
    return [];
  } catch (problem) {
    return [messageOf(problem)];
  }
}
