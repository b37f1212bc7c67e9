import type { FindingDraft } from '../../model/finding.ts';
import type { Pointer } from '../../model/location.ts';
import { isMapping, valueAt } from '../../read/values.ts';
import { defineRule } from '../define-rule.ts';
import { entriesOf } from './around.ts';

const keys = new Set(['datasourceUid', 'targetUID', 'targetUid', 'alertmanagerUid']);

/** Datasources lead to each other by uid: exemplars, derived fields, traces, correlations (https://grafana.com/docs/grafana/v10.2/administration/provisioning/#data-sources). */
export const lostCorrelation = defineRule({
  id: 'grafana/lost-correlation',
  severity: 'warning',
  over: 'grafana',
  claim: 'Every datasource that another one leads to is provisioned.',
  check: (grafana) => {
    const uids = grafana.datasources.map(({ uid }) => uid);
    // Where a uid is asked for, Grafana takes a name too.
    const known = new Set([...uids, ...grafana.datasources.map(({ name }) => name)]);
    if (grafana.datasources.some(({ uid, name }) => `${uid}${name}`.includes('$'))) return [];
    return entriesOf(grafana, 'datasources', 'datasources').flatMap(({ value, at }) =>
      [...uidsIn(value['jsonData'], ['jsonData']), ...uidsIn(value['correlations'], ['correlations'])]
        .filter(({ uid }) => uid !== '' && !uid.includes('$') && !known.has(uid))
        .map(
          ({ uid, pointer }): FindingDraft => ({
            at: { ...at, pointer: [...at.pointer, ...pointer] },
            message: `Datasource "${String(valueAt(value, 'name') ?? '')}" leads to the datasource "${uid}", which no file provisions, so its links open nothing`,
            hint: `Name the uid of one that is there: ${uids.join(', ')}`,
            facts: { uid },
          }),
        ),
    );
  },
});

function uidsIn(value: unknown, pointer: Pointer): { readonly uid: string; readonly pointer: Pointer }[] {
  if (Array.isArray(value)) return value.flatMap((item: unknown, index) => uidsIn(item, [...pointer, index]));
  if (!isMapping(value)) return [];
  return Object.entries(value).flatMap(([key, held]) =>
    typeof held === 'string' && keys.has(key)
      ? [{ uid: held, pointer: [...pointer, key] }]
      : uidsIn(held, [...pointer, key]),
  );
}
