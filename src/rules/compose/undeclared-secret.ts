import { isMapping, listAt, textValue } from '../../read/values.ts';
import { defineRule } from '../define-rule.ts';
import { placeIn } from '../support/places.ts';
import { undeclared } from './undeclared.ts';

/** `service … refers to undefined secret …`, and the same of configs (https://docs.docker.com/reference/compose-file/secrets/). */
export const undeclaredSecret = defineRule({
  id: 'compose/undeclared-secret',
  severity: 'error',
  over: 'service',
  claim: 'Every secret and every config that a service is given is declared.',
  check: (service, context) =>
    (['secret', 'config'] as const).flatMap((kind) =>
      listAt(service.definition, `${kind}s`).flatMap((entry, index) => {
        const name = isMapping(entry) ? textValue(entry, 'source') : textValue(entry);
        if (name === undefined || context.stack[`${kind}s`].some((one) => one.name === name)) return [];
        return undeclared(context, { kind, name, service, at: placeIn(service, `${kind}s`, index) });
      }),
    ),
});
