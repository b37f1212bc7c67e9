import type { Service } from '../../model/stack.ts';
import { textValue, valueAt } from '../../read/values.ts';
import { defineRule } from '../define-rule.ts';
import { toldOnce } from '../support/told-once.ts';

/** The driver `json-file` keeps every line unless `max-size` is set, here or for the whole engine (https://docs.docker.com/engine/logging/drivers/json-file/#options). */
export const unrotatedLogs = defineRule({
  id: 'compose/unrotated-logs',
  severity: 'info',
  over: 'stack',
  claim: 'Every log of a container has a largest size.',
  check: ({ services }) =>
    toldOnce(services.filter(growsForEver), {
      one: 'has no largest size for its log, so unless the engine has one its log grows until the disk is full',
      several: 'have no largest size for their logs, so unless the engine has one the logs grow until the disk is full',
      hint: 'Set "max-size" and "max-file" in "logging.options"',
    }),
});

function growsForEver({ definition }: Service): boolean {
  const driver = textValue(definition, 'logging', 'driver') ?? 'json-file';
  return driver === 'json-file' && valueAt(definition, 'logging', 'options', 'max-size') === undefined;
}
