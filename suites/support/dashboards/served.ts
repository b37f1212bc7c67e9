import {
  comesFrom,
  type DashboardSubject,
  eventually,
  type GrafanaSubject,
  type Look,
  listedDashboards,
  messageOf,
  NeverHappened,
  type ServedDashboard,
  servedDashboard,
} from '../../../src/index.ts';
import type { Found } from '../prove.ts';
import { lab, leftOut } from '../run.ts';
import { doorOf, grafanaOf } from './door.ts';

/** The file is served under its own uid and title in the folder of its provider, and Grafana says that it came from this file. */
export async function served({ service, dashboard }: DashboardSubject): Promise<Found> {
  const absent = leftOut(service);
  if (absent !== undefined) return { unknown: absent };
  if (dashboard.value === undefined) return { looked: 1, problems: [`"${dashboard.file}" does not parse`] };
  if (dashboard.org !== undefined && dashboard.org !== '1')
    return { unknown: `it is loaded for organisation ${dashboard.org}, which the files do not make` };
  try {
    const door = await doorOf(service);
    await eventually(`dashboard "${dashboard.title ?? dashboard.file}" is served`, async (): Promise<Look<true>> => {
      const seen =
        dashboard.uid === undefined
          ? await byFile(service, dashboard.file)
          : await servedDashboard(lab(), door, dashboard.uid);
      if (seen === undefined) return { done: false, seen: `no dashboard with uid "${dashboard.uid ?? ''}"` };
      const wrong = unlike(service, dashboard, seen);
      return wrong === undefined ? { done: true, value: true } : { done: false, seen: wrong };
    });
    return { looked: 1, problems: [] };
  } catch (problem) {
    return { looked: 1, problems: [messageOf(problem)] };
  }
}

/** Where Grafana makes the uid up, the file alone tells which dashboard it is. */
async function byFile(service: string, file: string): Promise<ServedDashboard | undefined> {
  const all = await allOf(service);
  return all.find(({ externalId }) => comesFrom(externalId, file));
}

async function allOf(service: string): Promise<ServedDashboard[]> {
  const door = await doorOf(service);
  const listed = await listedDashboards(lab(), door);
  const found = await Promise.all(listed.map(({ uid }) => servedDashboard(lab(), door, uid)));
  return found.filter((one) => one !== undefined);
}

function unlike(service: string, dashboard: DashboardSubject['dashboard'], seen: ServedDashboard): string | undefined {
  const { title, externalId, folder, folderUid } = seen;
  if (title !== dashboard.title || !comesFrom(externalId, dashboard.file))
    return `title "${title}" from file "${externalId}"`;
  const wanted = dashboard.folder === '' ? 'General' : dashboard.folder;
  if (folder !== wanted) return `it is in folder "${folder}", not in "${wanted}"`;
  const provider = grafanaOf(service).providers.find(({ name }) => name === dashboard.provider);
  const uid = provider?.folder === dashboard.folder ? provider.folderUid : undefined;
  return uid === undefined || folderUid === uid ? undefined : `its folder has the uid "${folderUid}", not "${uid}"`;
}

/**
 * Every dashboard that Grafana was provisioned with is one of the files: no image or volume brings others. What somebody
 * made by hand, as other suites do, comes from no file and does not count.
 */
export async function nothingElse({ service }: GrafanaSubject): Promise<Found> {
  const absent = leftOut(service);
  if (absent !== undefined) return { unknown: absent };
  const { providers, dashboards } = grafanaOf(service);
  const elsewhere = providers.find(({ repoPath }) => repoPath === undefined);
  if (elsewhere !== undefined)
    return { unknown: `provider "${elsewhere.name}" reads "${elsewhere.path}", which is not in the repository` };
  const files = dashboards.filter(({ org }) => org === undefined || org === '1').map(({ file }) => file);
  const strays = (all: readonly ServedDashboard[]): ServedDashboard[] =>
    all.filter(({ externalId }) => externalId !== '' && !files.some((file) => comesFrom(externalId, file)));
  try {
    const all = await eventually(
      'every dashboard comes from a file',
      async (): Promise<Look<ServedDashboard[]>> => {
        const now = await allOf(service);
        const other = strays(now).map(({ title, externalId }) => `"${title}" from "${externalId}"`);
        return other.length === 0 ? { done: true, value: now } : { done: false, seen: other.join(', ') };
      },
      { within: 10_000 },
    );
    return { looked: Math.max(all.length, 1), problems: [] };
  } catch (problem) {
    if (!(problem instanceof NeverHappened)) throw problem;
    return { looked: 1, problems: [problem.message] };
  }
}
