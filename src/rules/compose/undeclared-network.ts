import { listAt } from '../../read/values.ts';
import { defineRule } from '../define-rule.ts';
import { undeclared } from './undeclared.ts';

/** `service "…" refers to undefined network …`; `default` is always there (https://docs.docker.com/reference/compose-file/networks/). */
export const undeclaredNetwork = defineRule({
  id: 'compose/undeclared-network',
  severity: 'error',
  over: 'service',
  claim: 'Every network that a service joins is declared.',
  check: (service, context) =>
    service.networks
      .filter(({ name }) => name !== 'default' && !context.stack.networks.some((network) => network.name === name))
      .flatMap(({ name }) => {
        const index = listAt(service.definition, 'networks').indexOf(name);
        const step = index === -1 ? name : index;
        // A service that extends another has its networks elsewhere: then the place is the service itself.
        const at =
          'extends' in service.definition
            ? service.at
            : { file: service.at.file, pointer: [...(service.at.pointer ?? []), 'networks', step] };
        return undeclared(context, { kind: 'network', name, service, at });
      }),
});
