import type { ManagedAlert, ManagedQuery } from '../../model/grafana.ts';
import type { Pointer } from '../../model/location.ts';
import { isMapping, listAt, type Mapping, mappingAt, optional, textsAt, textValue } from '../values.ts';

/** The alert rules of a provisioning file (https://grafana.com/docs/grafana/v10.2/alerting/set-up/provision-alerting-resources/file-provisioning/). */
export function alertsOf(file: string, value: unknown): ManagedAlert[] {
  return listAt(value, 'groups').flatMap((group, index) =>
    listAt(group, 'rules').flatMap((rule, place) =>
      isMapping(rule) && isMapping(group) ? [alertOf(file, ['groups', index, 'rules', place], group, rule)] : [],
    ),
  );
}

function alertOf(file: string, pointer: Pointer, group: Mapping, rule: Mapping): ManagedAlert {
  return {
    uid: textValue(rule, 'uid') ?? '',
    title: textValue(rule, 'title') ?? '',
    folder: textValue(group, 'folder') ?? '',
    group: textValue(group, 'name') ?? '',
    org: textValue(group, 'orgId') || '1',
    condition: textValue(rule, 'condition') ?? '',
    queries: listAt(rule, 'data').flatMap((query, index) =>
      isMapping(query) ? [queryOf(file, [...pointer, 'data', index], query)] : [],
    ),
    labels: textsAt(rule, 'labels'),
    annotations: textsAt(rule, 'annotations'),
    value: rule,
    at: { file, pointer },
  };
}

function queryOf(file: string, pointer: Pointer, query: Mapping): ManagedQuery {
  const expr = textValue(query, 'model', 'expr');
  return {
    refId: textValue(query, 'refId') ?? '',
    datasourceUid: textValue(query, 'datasourceUid') ?? '',
    ...optional(
      'expr',
      expr === undefined ? undefined : { value: expr, at: { file, pointer: [...pointer, 'model', 'expr'] } },
    ),
    model: mappingAt(query, 'model'),
    at: { file, pointer },
  };
}
