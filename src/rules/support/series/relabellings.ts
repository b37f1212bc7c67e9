import type { Relabelling } from '../../../query/relabel.ts';
import { listAt, textValue } from '../../../read/values.ts';

/** The relabelling rules of a scrape job, with the defaults of Prometheus. */
export function relabellingsOf(value: unknown, key: 'relabel_configs' | 'metric_relabel_configs'): Relabelling[] {
  return listAt(value, key).map((rule) => ({
    action: (textValue(rule, 'action') ?? 'replace').toLowerCase(),
    source: listAt(rule, 'source_labels').flatMap((label) => textValue(label) ?? []),
    separator: textValue(rule, 'separator') ?? ';',
    regex: textValue(rule, 'regex') ?? '(.*)',
    target: textValue(rule, 'target_label') ?? '',
    replacement: textValue(rule, 'replacement') ?? '$1',
  }));
}
