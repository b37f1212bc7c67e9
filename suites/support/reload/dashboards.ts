import { randomBytes } from 'node:crypto';
import { basename } from 'node:path';
import {
  eventually,
  type GrafanaDoor,
  type Look,
  logTail,
  messageOf,
  type ReloadSubject,
  reloadProvisioning,
  servedDashboard,
} from '../../../src/index.ts';
import { noteBroken } from '../broken.ts';
import { doorOf, grafanaOf } from '../dashboards/door.ts';
import type { Found } from '../prove.ts';
import { lab } from '../run.ts';
import { type MountedText, mountedText, withChanges } from './swap.ts';

/** One dashboard of a Grafana, as it is provisioned. */
interface Provisioned {
  readonly door: GrafanaDoor;
  readonly mounted: MountedText;
  readonly uid: string;
  readonly title: string;
  readonly value: Readonly<Record<string, unknown>>;
}

/** A dashboard whose file has another title is served under it, and under the old one when that is back. */
export async function showsChange(subject: ReloadSubject): Promise<Found> {
  const it = await provisioned(subject);
  if ('unknown' in it) return it;
  const title = newTitle(it);
  const problems = await withChanges([{ of: it.mounted, text: renamed(it, title) }], () => served(it, title));
  problems.push(...(await served(it, it.title)));
  return { looked: 1, problems };
}

/** A dashboard whose file ends in the middle is served as it was, and the file is read again once it is whole. */
export async function keepsOld(subject: ReloadSubject): Promise<Found> {
  const it = await provisioned(subject);
  if ('unknown' in it) return it;
  noteBroken(it.mounted.target);
  const half = it.mounted.text.slice(0, Math.floor(it.mounted.text.length / 2));
  const problems = await withChanges([{ of: it.mounted, text: half }], async () => {
    const unread = await isRead(it, subject.service);
    return unread.length > 0 ? unread : served(it, it.title);
  });
  const title = newTitle(it);
  problems.push(...(await withChanges([{ of: it.mounted, text: renamed(it, title) }], () => served(it, title))));
  problems.push(...(await served(it, it.title)));
  return { looked: 1, problems };
}

/**
 * Waits until Grafana has read the broken file: it has when it answers that it read its dashboards again, and it says so
 * in its log ("failed to load dashboard from").
 */
async function isRead({ door, mounted }: Provisioned, service: string): Promise<string[]> {
  if ((await reloadProvisioning(lab(), door, 'dashboards')) === 200) return [];
  const complaint = new RegExp(`failed to load dashboard from.*${basename(mounted.target).replaceAll('.', '\\.')}`);
  const look = async (): Promise<Look<true>> =>
    complaint.test(await logTail(lab(), service, 500)) ? { done: true, value: true } : { done: false, seen: 'no word' };
  return eventually(`Grafana says that "${mounted.file}" is broken`, look, { within: 60_000 }).then(
    () => [],
    (problem: unknown) => [messageOf(problem)],
  );
}

async function provisioned({ service, files }: ReloadSubject): Promise<Provisioned | { readonly unknown: string }> {
  for (const file of files) {
    const dashboard = grafanaOf(service).dashboards.find((one) => one.file === file);
    const mounted = mountedText(service, file);
    const { uid, title, value } = dashboard ?? {};
    if (mounted === undefined || uid === undefined || title === undefined || value === undefined) continue;
    return { door: await doorOf(service), mounted, uid, title, value };
  }
  return { unknown: `no dashboard of "${service}" is mounted in the lab` };
}

function newTitle({ title }: Provisioned): string {
  return `${title} ${randomBytes(4).toString('hex')}`;
}

function renamed({ value }: Provisioned, title: string): string {
  return `${JSON.stringify({ ...value, title }, null, 2)}\n`;
}

/** Has Grafana read its dashboards again; one that lets nobody ask it does so by itself, after `updateIntervalSeconds`. */
async function served({ door, uid, mounted }: Provisioned, title: string): Promise<string[]> {
  try {
    await reloadProvisioning(lab(), door, 'dashboards');
    await eventually(
      `dashboard "${mounted.file}" is served as "${title}"`,
      async () => {
        const seen = await servedDashboard(lab(), door, uid);
        return seen?.title === title
          ? { done: true, value: true }
          : { done: false, seen: seen === undefined ? 'not at all' : `as "${seen.title}"` };
      },
      { within: 60_000 },
    );
    return [];
  } catch (problem) {
    return [messageOf(problem)];
  }
}
