import type { SnapshotFile } from '../model/snapshot.ts';
import { type Address, askJson } from './address.ts';
import { inOrder, jsonFile, list, mapping, picked } from './json.ts';

/**
 * The state of every alerting rule of a Prometheus, with the alerts that are pending or firing. Times of evaluation and
 * values are left out: they differ from look to look while the state does not.
 * https://prometheus.io/docs/prometheus/2.47/querying/api/#rules
 */
export async function ruleStates(prometheus: Address): Promise<SnapshotFile> {
  const answer = mapping(await askJson(prometheus, '/api/v1/rules?type=alert'));
  const groups = list(mapping(answer['data'])['groups']).map((group) => ({
    ...picked(group, ['file', 'name']),
    rules: list(mapping(group)['rules']).map((rule) => ({
      ...picked(rule, ['name', 'state', 'health', 'lastError', 'labels']),
      alerts: inOrder(list(mapping(rule)['alerts']).map((alert) => picked(alert, ['state', 'activeAt', 'labels']))),
    })),
  }));
  return jsonFile('alerts/prometheus.json', groups);
}

/**
 * The alerts that an Alertmanager holds, and its silences. Left out is what changes with every alert that is sent again.
 * https://github.com/prometheus/alertmanager/blob/v0.26.0/api/v2/openapi.yaml
 */
export async function heldAlerts(alertmanager: Address): Promise<SnapshotFile> {
  const alerts = list(await askJson(alertmanager, '/api/v2/alerts')).map((alert) =>
    picked(alert, ['labels', 'annotations', 'startsAt', 'status', 'receivers']),
  );
  const silences = list(await askJson(alertmanager, '/api/v2/silences')).map((silence) =>
    picked(silence, ['id', 'status', 'matchers', 'startsAt', 'endsAt', 'createdBy', 'comment']),
  );
  return jsonFile('alerts/alertmanager.json', { alerts: inOrder(alerts), silences: inOrder(silences) });
}
