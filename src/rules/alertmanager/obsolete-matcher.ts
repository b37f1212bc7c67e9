import type { Pointer } from '../../model/location.ts';
import { isMapping, listAt, type Mapping, valueAt } from '../../read/values.ts';
import { defineRule } from '../define-rule.ts';

const ofRoutes = ['match', 'match_re'];
const ofInhibitions = ['source_match', 'source_match_re', 'target_match', 'target_match_re'];

/**
 * Since 0.22 the one way to write them is `matchers`
 * (https://prometheus.io/docs/alerting/latest/configuration/#route). The older keys still work.
 */
export const obsoleteMatcher = defineRule({
  id: 'alertmanager/obsolete-matcher',
  severity: 'info',
  over: 'alertmanager',
  claim: 'Every route and inhibition is written with "matchers".',
  check: ({ file, value }) => {
    if (file === undefined) return [];
    const inhibitions = listAt(value, 'inhibit_rules').flatMap((rule, index) =>
      found(rule, ['inhibit_rules', index], ofInhibitions),
    );
    const old = [...inRoutes(valueAt(value, 'route'), ['route']), ...inhibitions];
    const [first, ...others] = old;
    if (first === undefined) return [];
    const keys = [...new Set(old.map((pointer) => String(pointer.at(-1))))];
    return [
      {
        at: { file, pointer: first, part: 'key' as const },
        message: `"${keys.join('" and "')}" ${keys.length === 1 ? 'is' : 'are'} deprecated, so a later Alertmanager may read ${keys.length === 1 ? 'it' : 'them'} no more`,
        related: others.map((pointer) => ({ at: { file, pointer, part: 'key' as const }, note: 'the same' })),
        hint: 'Write "matchers"',
        facts: { keys },
      },
    ];
  },
});

function inRoutes(route: unknown, pointer: Pointer): Pointer[] {
  if (!isMapping(route)) return [];
  const below = listAt(route, 'routes').flatMap((one, index) => inRoutes(one, [...pointer, 'routes', index]));
  return [...found(route, pointer, ofRoutes), ...below];
}

function found(value: unknown, pointer: Pointer, keys: readonly string[]): Pointer[] {
  const mapping: Mapping = isMapping(value) ? value : {};
  return keys.filter((key) => key in mapping).map((key) => [...pointer, key]);
}
