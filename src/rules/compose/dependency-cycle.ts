import type { Service } from '../../model/stack.ts';
import { defineRule } from '../define-rule.ts';
import { quote } from '../support/quote.ts';

/** `dependency cycle detected` (https://docs.docker.com/reference/compose-file/services/#depends_on). */
export const dependencyCycle = defineRule({
  id: 'compose/dependency-cycle',
  severity: 'error',
  over: 'stack',
  claim: 'No service waits for itself, be it through others.',
  check: ({ services }) => {
    const byName = new Map(services.map((service) => [service.name, service]));
    const done = new Set<string>();
    return services.flatMap((service) => {
      const trail = cycleFrom(service, byName, done, []);
      const [first, second] = trail ?? [];
      const at = first?.dependsOn.find((one) => one.service === (second ?? first).name)?.at;
      if (trail === undefined || first === undefined || at === undefined) return [];
      const names = [...trail, first].map(({ name }) => quote(name));
      return [
        {
          at,
          message: `Service ${names[0]} waits for itself (${names.join(' → ')}), so compose refuses the file`,
          related: trail.slice(1).map((one) => ({ at: one.at, note: 'a service of the circle' })),
          hint: 'Take one of the dependencies away',
          facts: { services: trail.map(({ name }) => name) },
        },
      ];
    });
  },
});

/** The services of the first circle that a walk from a service meets; `done` are those that lead into none. */
function cycleFrom(
  service: Service,
  byName: ReadonlyMap<string, Service>,
  done: Set<string>,
  trail: readonly Service[],
): readonly Service[] | undefined {
  const met = trail.indexOf(service);
  if (met !== -1) return trail.slice(met);
  if (done.has(service.name)) return undefined;
  done.add(service.name);
  for (const { service: name } of service.dependsOn) {
    const next = byName.get(name);
    const found = next === undefined ? undefined : cycleFrom(next, byName, done, [...trail, service]);
    if (found !== undefined) return found;
  }
  return undefined;
}
