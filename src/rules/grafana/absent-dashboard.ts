import type { FindingDraft } from '../../model/finding.ts';
import type { Dashboard, GrafanaConfig } from '../../model/grafana.ts';
import type { Pointer } from '../../model/location.ts';
import { isMapping, listAt, textValue, valueAt } from '../../read/values.ts';
import { defineRule } from '../define-rule.ts';

/** A dashboard's address is `/d/` and its uid (https://grafana.com/docs/grafana/v10.2/dashboards/build-dashboards/manage-dashboard-links/). */
export const absentDashboard = defineRule({
  id: 'grafana/absent-dashboard',
  severity: 'warning',
  over: 'grafana',
  claim: 'Every dashboard that a link or an alert names is provisioned.',
  check: (grafana) => {
    // Where a folder of dashboards is not in the repository, nobody knows which there are.
    if (grafana.providers.length === 0 || grafana.providers.some(({ repoPath }) => repoPath === undefined)) return [];
    const boards = new Map(
      grafana.dashboards.flatMap((board) => (board.uid === undefined ? [] : [[board.uid, board]])),
    );
    const tags = new Set(grafana.dashboards.flatMap(({ value }) => listAt(value, 'tags').map(String)));
    return [
      ...grafana.dashboards.flatMap((board) => [...links(board, grafana, boards), ...tagged(board, tags)]),
      ...alerts(grafana, boards),
    ];
  },
});

type Boards = ReadonlyMap<string, Dashboard>;

interface Link {
  readonly uid: string;
  readonly pointer: Pointer;
  readonly span: readonly [start: number, end: number];
}

function links(board: Dashboard, grafana: GrafanaConfig, boards: Boards): FindingDraft[] {
  if (!mayLink(board.value)) return [];
  const told = new Set<string>();
  const root = grafana.settings.get('server.root_url')?.value.replace(/\/+$/, '');
  return linksIn(board.value, [], root).flatMap(({ uid, pointer, span }): FindingDraft[] => {
    if (boards.has(uid) || told.has(uid)) return [];
    told.add(uid);
    return [
      {
        at: { file: board.file, pointer, span },
        message: `A link of dashboard "${board.title ?? board.file}" leads to the dashboard "${uid}", which no file provisions, so it shows "Dashboard not found"`,
        hint: 'Name the uid of a dashboard that is there, or remove the link',
        facts: { dashboard: board.title ?? board.file, uid },
      },
    ];
  });
}

/** Whether a link is anywhere in a value: most dashboards have none, and places are made for those that do. */
function mayLink(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(mayLink);
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(value).some(([key, held]: [string, unknown]) =>
    typeof held === 'string' ? key === 'url' && held.includes('d/') : mayLink(held),
  );
}

/** Links of dashboards, panels and fields stand under `url`; an address of another host is not ours. */
function linksIn(value: unknown, pointer: Pointer, root: string | undefined): Link[] {
  if (Array.isArray(value)) return value.flatMap((item: unknown, index) => linksIn(item, [...pointer, index], root));
  if (!isMapping(value)) return [];
  return Object.entries(value).flatMap(([key, held]): Link[] => {
    if (typeof held !== 'string')
      return typeof held === 'object' && held !== null ? linksIn(held, [...pointer, key], root) : [];
    if (key !== 'url' || !held.includes('d/')) return [];
    const ours = root !== undefined && held.startsWith(`${root}/`) ? root.length : 0;
    const found = /^\/?d\/([\w-]+)(?=[/?#]|$)/.exec(held.slice(ours));
    const uid = found?.[1];
    if (found === null || uid === undefined) return [];
    const start = ours + found[0].length - uid.length;
    return [{ uid, pointer: [...pointer, key], span: [start, start + uid.length] }];
  });
}

/** A link to all dashboards with some tags, of which none has them. */
function tagged({ file, title, value }: Dashboard, tags: ReadonlySet<string>): FindingDraft[] {
  return listAt(value, 'links').flatMap((link, index): FindingDraft[] => {
    const wanted = listAt(link, 'tags').map(String);
    const absent = wanted.filter((tag) => !tags.has(tag) && !tag.includes('$'));
    if (textValue(link, 'type') !== 'dashboards' || absent.length === 0) return [];
    return [
      {
        at: { file, pointer: ['links', index, 'tags'] },
        message: `A link of dashboard "${title ?? file}" lists the dashboards with the tag "${absent[0]}", which no dashboard has, so it lists none`,
        hint: 'Name a tag that dashboards have',
        facts: { dashboard: title ?? file, tag: absent[0] ?? null },
      },
    ];
  });
}

/** What an alert is tied to: by its own keys, or by annotations of these names. */
function alerts(grafana: GrafanaConfig, boards: Boards): FindingDraft[] {
  return (grafana.alerts ?? []).flatMap(({ title, value, at, annotations }): FindingDraft[] => {
    const own = textValue(value, 'dashboardUid') ?? '';
    const uid = own || (annotations['__dashboardUid__'] ?? '');
    const panel = own === '' ? annotations['__panelId__'] : textValue(value, 'panelId');
    if (uid === '' || uid.includes('$')) return [];
    const board = boards.get(uid);
    const key = own === '' ? ['annotations', '__dashboardUid__'] : ['dashboardUid'];
    const panelKey = own === '' ? ['annotations', '__panelId__'] : ['panelId'];
    const place = (route: readonly string[]): FindingDraft['at'] => ({
      ...at,
      pointer: [...(at.pointer ?? []), ...route],
    });
    if (board === undefined) {
      const message = `Alert "${title}" belongs to the dashboard "${uid}", which no file provisions, so its link leads nowhere`;
      return [{ at: place(key), message, hint: 'Name a dashboard that is there', facts: { alert: title, uid } }];
    }
    if (panel === undefined || panel === '0' || board.panels.some(({ id }) => String(id) === panel)) return [];
    if (valueAt(board.value, 'panels') === undefined) return [];
    const message = `Alert "${title}" belongs to panel "${panel}" of the dashboard "${uid}", which has no panel of this id`;
    const related = [{ at: board.at, note: 'the dashboard' }];
    return [{ at: place(panelKey), message, related, hint: 'Name the id of a panel', facts: { alert: title, uid } }];
  });
}
