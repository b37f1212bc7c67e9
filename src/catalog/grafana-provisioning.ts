/**
 * Keys of Grafana's provisioning files (https://grafana.com/docs/grafana/v10.2/administration/provisioning/), by the route
 * to the mapping that holds them; `*` stands for every entry of a list. What is below a route that is not here is open.
 */
const written: Readonly<Record<string, string>> = {
  'datasources:': 'apiVersion datasources deleteDatasources prune',
  'datasources:datasources.*':
    'orgId orgName version name type access url user database basicAuth basicAuthUser withCredentials isDefault correlations jsonData secureJsonData editable uid',
  'datasources:deleteDatasources.*': 'orgId orgName name',
  'dashboards:': 'apiVersion providers',
  'dashboards:providers.*':
    'name type orgId folder folderUid folderUID editable options disableDeletion updateIntervalSeconds allowUiUpdates',
  'dashboards:providers.*.options': 'path folder foldersFromFilesStructure',
  'plugins:': 'apiVersion apps',
  'plugins:apps.*': 'org_id org_name orgId orgName type disabled jsonData secureJsonData',
  'alerting:':
    'apiVersion groups deleteRules contactPoints deleteContactPoints policies resetPolicies templates deleteTemplates muteTimes deleteMuteTimes',
  'alerting:groups.*': 'orgId name folder interval rules',
  'alerting:groups.*.rules.*':
    'uid title condition data dasboardUid dashboardUid panelId noDataState execErrState for annotations labels isPaused',
  'alerting:groups.*.rules.*.data.*': 'refId queryType relativeTimeRange datasourceUid model',
  'alerting:deleteRules.*': 'orgId uid',
  'alerting:contactPoints.*': 'orgId name receivers',
  'alerting:contactPoints.*.receivers.*': 'uid type settings disableResolveMessage',
  'alerting:deleteContactPoints.*': 'orgId uid',
  'alerting:templates.*': 'orgId name template',
  'alerting:deleteTemplates.*': 'orgId name',
  'alerting:muteTimes.*': 'orgId name time_intervals',
  'alerting:deleteMuteTimes.*': 'orgId name',
};

/** Keys of datasource files without `apiVersion`. */
export const olderSourceKeys: ReadonlySet<string> = new Set(
  'org_id org_name version name type access url user database basic_auth basic_auth_user with_credentials is_default correlations json_data secure_json_data editable uid'.split(
    ' ',
  ),
);

const made = new Map<string, ReadonlySet<string>>();

/** The keys that are read of a mapping in a kind of file; undefined where anything may stand. */
export function provisioningKeys(kind: string, route: string): ReadonlySet<string> | undefined {
  const key = `${kind}:${route}`;
  const text = written[key];
  if (text === undefined) return undefined;
  const keys = made.get(key) ?? new Set(text.split(' '));
  made.set(key, keys);
  return keys;
}
