import { defineRule } from '../define-rule.ts';
import { isUnchecked } from '../support/image-checks.ts';
import { quoteAll } from '../support/quote.ts';

/** Without a check the engine calls a service healthy or not at all (https://docs.docker.com/reference/compose-file/services/#healthcheck). */
export const uncheckedService = defineRule({
  id: 'compose/unchecked-service',
  severity: 'info',
  over: 'stack',
  claim: 'Every service has a health check.',
  check: ({ services }) => {
    const without = services.filter((service) => service.product !== undefined && isUnchecked(service));
    const [first, ...others] = without;
    if (first === undefined) return [];
    const names = without.map(({ name }) => name);
    const several = others.length > 0;
    return [
      {
        at: first.at,
        message: `${several ? 'Services' : 'Service'} ${quoteAll(names, 6)} ${several ? 'have' : 'has'} no health check, so the engine cannot tell a hung program from one that works`,
        related: others.map(({ at, name }) => ({ at, note: `"${name}" has none either` })),
        hint: 'Ask for the page each product has for this, such as "/-/healthy", "/ready" or "/api/health"',
        facts: { services: names },
      },
    ];
  },
});
