import type { FindingDraft } from '../../model/finding.ts';
import type { Dashboard } from '../../model/grafana.ts';
import type { Place } from '../../model/location.ts';
import { defineRule } from '../define-rule.ts';

/**
 * Variables are told apart by name, panels by id and queries by refId
 * (https://grafana.com/docs/grafana/v10.2/dashboards/build-dashboards/view-dashboard-json-model/).
 */
export const repeatedName = defineRule({
  id: 'grafana/repeated-name',
  severity: 'warning',
  over: 'dashboard',
  claim: 'No two variables, panels or queries of a panel have one name.',
  check: (dashboard) => {
    const title = dashboard.title ?? dashboard.file;
    return [
      ...twice(
        dashboard.variables.map(({ name, at }) => ({ name, at: below(at, 'name') })),
        (name) => `Variable "${name}" of dashboard "${title}" is there twice, so one of the two is never used`,
      ),
      ...twice(
        dashboard.panels.flatMap(({ id, at }) => (id === undefined ? [] : [{ name: String(id), at: below(at, 'id') }])),
        (name) =>
          `Two panels of dashboard "${title}" have the id "${name}", so one gets another and links and alerts lead to the wrong one`,
      ),
      ...queries(dashboard),
    ];
  },
});

interface Named {
  readonly name: string;
  readonly at: Place;
}

function queries({ panels }: Dashboard): FindingDraft[] {
  return panels.flatMap(({ title, queries: list }) =>
    twice(
      list.map(({ refId, at }) => ({ name: refId, at: below(at, 'refId') })),
      (name) =>
        `Two queries of panel "${title}" have the refId "${name}", so the answer of one takes the place of the other`,
    ),
  );
}

function twice(list: readonly Named[], say: (name: string) => string): FindingDraft[] {
  const first = new Map<string, Named>();
  return list.flatMap((one): FindingDraft[] => {
    const before = first.get(one.name);
    if (before === undefined) first.set(one.name, one);
    if (before === undefined || one.name === '') return [];
    const related = [{ at: before.at, note: 'the first of this name' }];
    return [{ at: one.at, message: say(one.name), related, hint: 'Give it another', facts: { name: one.name } }];
  });
}

function below(at: Place, key: string): Place {
  return { ...at, pointer: [...(at.pointer ?? []), key] };
}
