import type { FindingDraft } from '../../model/finding.ts';
import type { Pointer } from '../../model/location.ts';
import { flagValue } from '../../read/flags.ts';
import { listAt, textValue, valueAt } from '../../read/values.ts';
import { defineRule } from '../define-rule.ts';

const factors: readonly Pointer[] = [
  ['common', 'replication_factor'],
  ['ingester', 'lifecycler', 'ring', 'replication_factor'],
];

/**
 * A line counts as written where more than half of its replicas took it, so a single process with a factor above one
 * refuses every line with `at least 2 live replicas required`
 * (https://grafana.com/docs/loki/v2.9.x/get-started/components/#replication-factor).
 */
export const loneReplica = defineRule({
  id: 'loki/lone-replica',
  severity: 'error',
  over: 'loki',
  claim: 'A Loki that is alone in its ring asks for one replica.',
  check: ({ file, service: name, value }, { stack }): FindingDraft[] => {
    const service = stack.services.find((one) => one.name === name);
    if (file === undefined || service === undefined || stack.loki.length > 1) return [];
    if (flagValue(service, 'target') !== undefined || textValue(value, 'target') !== undefined) return [];
    const scaled = valueAt(service.definition, 'deploy', 'replicas') ?? service.definition['scale'];
    if (scaled !== undefined && scaled !== 1) return [];
    // A ring that others can join may have its other members elsewhere.
    const shared = listAt(value, 'memberlist', 'join_members').length > 0;
    const store = textValue(value, 'common', 'ring', 'kvstore', 'store') ?? '';
    if (shared || !/^(|inmemory)$/.test(store)) return [];
    return factors.flatMap((pointer): FindingDraft[] => {
      const factor = Number(textValue(value, ...pointer) ?? 1);
      if (!(factor > 1)) return [];
      return [
        {
          at: { file, pointer },
          message: `Loki "${name}" wants ${factor} replicas of every line and is alone in its ring, so it refuses every line`,
          hint: 'Set replication_factor to 1',
          facts: { service: name, replicas: factor },
        },
      ];
    });
  },
});
