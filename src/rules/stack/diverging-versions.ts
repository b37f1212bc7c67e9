import type { FindingDraft } from '../../model/finding.ts';
import type { Service } from '../../model/stack.ts';
import { imageRepository } from '../../read/compose/products.ts';
import { defineRule } from '../define-rule.ts';
import { quoteAll } from '../support/quote.ts';

interface Running {
  readonly service: Service;
  readonly version: string;
}

/** Two releases of one product in one repository: what one understands, the other may refuse, and a rule or a dashboard serves both. */
export const divergingVersions = defineRule({
  id: 'stack/diverging-versions',
  severity: 'warning',
  over: 'stack',
  claim: 'Every product runs in one version.',
  check: (stack, { repository }): FindingDraft[] => {
    const mine = running(stack.services);
    const earlier = running(
      repository.stacks.slice(0, repository.stacks.indexOf(stack)).flatMap(({ services }) => services),
    );
    const products = [...new Set(mine.map(({ service }) => service.product))];
    return products.flatMap((product): FindingDraft[] => {
      const own = mine.filter(({ service }) => service.product === product);
      const [first] = own;
      const other =
        own.find(({ version }) => version !== first?.version) ??
        earlier.find(({ service, version }) => service.product === product && version !== first?.version);
      if (first === undefined || other === undefined) return [];
      const inside = own.includes(other);
      const [here, there] = inside ? [other, first] : [first, other];
      const at = here.service.image?.at ?? here.service.at;
      const versions = [here.version, there.version];
      const where = inside ? `service "${there.service.name}"` : `"${there.service.at.file}"`;
      return [
        {
          at,
          message: `Service "${here.service.name}" runs ${product} in version "${here.version}" and ${where} in "${there.version}", so what is right for one may be wrong for the other`,
          related: [{ at: there.service.image?.at ?? there.service.at, note: `the version "${there.version}"` }],
          hint: `Decide for one of ${quoteAll(versions)}`,
          facts: { service: here.service.name, versions },
          ...(inside ? {} : { severity: 'info' as const }),
        },
      ];
    });
  },
});

function running(services: readonly Service[]): Running[] {
  return services.flatMap((service) => {
    const image = service.image?.value ?? '';
    const version = /^v?(\d[\w.]*)/.exec(image.slice(imageRepository(image).length + 1))?.[1];
    return service.product === undefined || version === undefined ? [] : [{ service, version }];
  });
}
