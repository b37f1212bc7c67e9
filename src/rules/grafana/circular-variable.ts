import type { FindingDraft } from '../../model/finding.ts';
import type { Dashboard, Variable } from '../../model/grafana.ts';
import { defineRule } from '../define-rule.ts';
import { usesIn } from './uses.ts';

/** A variable waits for those in its query (https://grafana.com/docs/grafana/v10.2/dashboards/variables/add-template-variables/#chained-variables). */
export const circularVariable = defineRule({
  id: 'grafana/circular-variable',
  severity: 'warning',
  over: 'dashboard',
  claim: 'No variable waits for itself through others.',
  check: (dashboard) => {
    const needs = new Map(dashboard.variables.map((variable) => [variable.name, namesIn(variable)]));
    const told = new Set<string>();
    return dashboard.variables.flatMap((variable): FindingDraft[] => {
      if (told.has(variable.name)) return [];
      const circle = circleOf(variable.name, needs);
      if (circle === undefined) return [];
      for (const name of circle) told.add(name);
      return [draft(dashboard, variable, circle)];
    });
  },
});

function draft({ title, file }: Dashboard, { at }: Variable, circle: readonly string[]): FindingDraft {
  const way = [...circle, circle[0] ?? ''].map((name) => `"${name}"`).join(' → ');
  return {
    at: { ...at, pointer: [...(at.pointer ?? []), 'query'] },
    message: `Variables of dashboard "${title ?? file}" wait for each other (${way}), so none of them ever has a value`,
    hint: 'Let one of them do without the others',
    facts: { dashboard: title ?? file, circle },
  };
}

function namesIn({ name, query = '', type }: Variable): string[] {
  return type === 'query' ? usesIn(query, []).flatMap((use) => (use.name === name ? [] : [use.name])) : [];
}

/** The shortest way from a variable back to itself. */
function circleOf(start: string, needs: ReadonlyMap<string, readonly string[]>): string[] | undefined {
  const ways: string[][] = [[start]];
  const seen = new Set<string>();
  for (const way of ways) {
    for (const next of needs.get(way.at(-1) ?? '') ?? []) {
      if (next === start && way.length > 1) return way;
      if (!seen.has(next) && needs.has(next)) ways.push([...way, next]);
      seen.add(next);
    }
  }
  return undefined;
}
