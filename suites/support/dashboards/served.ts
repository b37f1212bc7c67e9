import {
  comesFrom,
  type DashboardSubject,
  eventually,
  type Look,
  servedDashboard,
  servedDashboards,
} from '../../../src/index.ts';
import type { Found } from '../prove.ts';
import { lab, leftOut } from '../run.ts';
import { doorOf } from './door.ts';

/** The file is served under its own uid and title, and Grafana says that it came from this file. */
export async function served({ service, dashboard }: DashboardSubject): Promise<Found> {
  const absent = leftOut(service);
  if (absent !== undefined) return { unknown: absent };
  if (dashboard.value === undefined) return { looked: 1, problems: [`"${dashboard.file}" does not parse`] };
  try {
    const door = await doorOf(service);
    await eventually(`dashboard "${dashboard.title ?? dashboard.file}" is served`, async (): Promise<Look<true>> => {
      const uid =
        dashboard.uid ?? (await servedDashboards(lab(), door)).find((one) => one.title === dashboard.title)?.uid;
      const seen = uid === undefined ? undefined : await servedDashboard(lab(), door, uid);
      if (seen === undefined) return { done: false, seen: `no dashboard with uid "${uid ?? ''}"` };
      const same = seen.title === dashboard.title && comesFrom(seen.externalId, dashboard.file);
      return same
        ? { done: true, value: true }
        : { done: false, seen: `title "${seen.title}" from file "${seen.externalId}"` };
    });
    return { looked: 1, problems: [] };
  } catch (problem) {
    return { looked: 1, problems: [problem instanceof Error ? problem.message : String(problem)] };
  }
}
