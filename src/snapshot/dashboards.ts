import type { SnapshotFile } from '../model/snapshot.ts';
import { type Address, askJson } from './address.ts';
import { jsonFile, list, mapping } from './json.ts';

// The most that Grafana gives at once (https://grafana.com/docs/grafana/v10.2/developers/http_api/folder_dashboard_search/).
const pageSize = 5000;
const mostPages = 100;

/**
 * Every dashboard that Grafana serves, each as a file that it can import again: without the number of its row, as
 * Grafana's own export does. `dashboards/index.json` says which is where.
 * https://grafana.com/docs/grafana/v10.2/developers/http_api/dashboard/
 * @throws Error of one sentence where Grafana cannot be asked, or shows none to this user.
 */
export async function exportedDashboards(grafana: Address): Promise<SnapshotFile[]> {
  const files: SnapshotFile[] = [];
  const index: object[] = [];
  for (const uid of await dashboardUids(grafana)) {
    const answer = mapping(await askJson(grafana, `/api/dashboards/uid/${encodeURIComponent(uid)}`));
    const { id: _, ...dashboard } = mapping(answer['dashboard']);
    const { folderTitle, folderUid, provisioned, provisionedExternalId } = mapping(answer['meta']);
    const folder = typeof folderUid === 'string' && folderUid !== '' ? folderUid : 'general';
    const path = `dashboards/${encodeURIComponent(folder)}/${encodeURIComponent(uid)}.json`;
    files.push(jsonFile(path, dashboard));
    index.push({ uid, title: dashboard['title'], folder: folderTitle, provisioned, provisionedExternalId, file: path });
  }
  return [jsonFile('dashboards/index.json', index), ...files];
}

async function dashboardUids(grafana: Address): Promise<string[]> {
  const found = new Set<string>();
  for (let page = 1; page <= mostPages; page += 1) {
    const answer = list(await askJson(grafana, `/api/search?type=dash-db&limit=${pageSize}&page=${page}`));
    for (const one of answer) {
      const { uid } = mapping(one);
      if (typeof uid === 'string' && uid !== '') found.add(uid);
    }
    if (answer.length < pageSize) break;
  }
  if (found.size === 0)
    throw new Error(`Grafana at ${grafana.url} shows no dashboard to this user, so none could be exported`);
  return [...found].sort();
}
