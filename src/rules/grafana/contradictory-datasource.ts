import type { FindingDraft } from '../../model/finding.ts';
import type { DatasourceRef } from '../../model/grafana.ts';
import { defineRule } from '../define-rule.ts';
import { gather } from '../support/gather.ts';

/** Grafana goes by the uid, and what the panel was written for is the type (https://grafana.com/docs/grafana/v10.2/dashboards/build-dashboards/view-dashboard-json-model/). */
export const contradictoryDatasource = defineRule({
  id: 'grafana/contradictory-datasource',
  severity: 'warning',
  over: 'dashboard',
  claim: 'Every datasource is of the type that a dashboard says it is.',
  check: ({ panels, variables, title, file }, { grafana }) => {
    const types = new Map(grafana.datasources.map((source) => [source.uid, source]));
    const found = new Map<string, DatasourceRef[]>();
    const refs = [
      ...panels.flatMap(({ queries }) => queries.filter(({ hidden }) => !hidden).map(({ datasource }) => datasource)),
      ...variables.map(({ datasource }) => datasource),
    ];
    for (const ref of refs) {
      const source = types.get(ref?.uid ?? '');
      if (
        ref?.uid === undefined ||
        ref.type === undefined ||
        source === undefined ||
        /[${]/.test(`${ref.type}${source.type}`)
      )
        continue;
      if (ref.type === source.type || ref.type === '' || alike(ref.type, source.type)) continue;
      const key = JSON.stringify([ref.uid, ref.type]);
      gather(found, key, ref);
    }
    return [...found.values()].flatMap(([first, ...others]): FindingDraft[] => {
      const source = types.get(first?.uid ?? '');
      if (first === undefined || source === undefined) return [];
      const times = others.length === 0 ? '' : ` ${others.length + 1} times`;
      return [
        {
          at: first.at,
          message: `Dashboard "${title ?? file}" asks "${first.uid}" for ${first.type}${times}, and it is a datasource of the type "${source.type}", so the query is sent to one that speaks another language`,
          related: [{ at: source.at, note: 'the datasource with this uid' }],
          hint: 'Name the uid of a datasource of this type',
          facts: { datasource: first.uid ?? null, type: first.type ?? null },
        },
      ];
    });
  },
});

/** One plugin under two names. */
function alike(one: string, other: string): boolean {
  const known = (type: string): string =>
    type.replace(/^grafana-(.+)-datasource$/, '$1').replace(/^phlare$/, 'pyroscope');
  return known(one) === known(other) || (/prometheus/.test(one) && /prometheus/.test(other));
}
