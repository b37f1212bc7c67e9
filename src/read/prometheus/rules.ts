import { durationSeconds } from '../../model/duration.ts';
import type { Pointer } from '../../model/location.ts';
import type { AlertRule, RecordingRule, RuleGroup } from '../../model/prometheus.ts';
import type { Documents } from '../documents.ts';
import { openMapping } from '../open-mapping.ts';
import { isMapping, listAt, textsAt, textValue, valueAt } from '../values.ts';

/** The groups of a rule file; `evaluationInterval` in seconds holds where a group writes none. */
export function ruleGroupsOf(documents: Documents, file: string, evaluationInterval: number): RuleGroup[] {
  const value = openMapping(documents, file, {}, 'yaml');
  return listAt(value, 'groups').map((group, index) => {
    const pointer: Pointer = ['groups', index];
    return {
      name: textValue(group, 'name') ?? '',
      file,
      at: { file, pointer },
      interval: durationSeconds(textValue(group, 'interval') ?? '') ?? evaluationInterval,
      rules: listAt(group, 'rules').flatMap((rule, place) => ruleOf(rule, file, [...pointer, 'rules', place]) ?? []),
    };
  });
}

function ruleOf(rule: unknown, file: string, pointer: Pointer): AlertRule | RecordingRule | undefined {
  if (!isMapping(rule)) return undefined;
  const at = { file, pointer };
  const written = valueAt(rule, 'expr');
  const expr = {
    value: textValue(written) ?? '',
    at: { file, pointer: written === undefined ? pointer : [...pointer, 'expr'] },
  };
  const labels = textsAt(rule, 'labels');
  const alert = textValue(rule, 'alert');
  const record = textValue(rule, 'record');
  if (alert !== undefined) {
    const annotations = textsAt(rule, 'annotations');
    return { kind: 'alert', name: alert, expr, for: textValue(rule, 'for') ?? '0s', labels, annotations, at };
  }
  return record === undefined ? undefined : { kind: 'record', name: record, expr, labels, at };
}
