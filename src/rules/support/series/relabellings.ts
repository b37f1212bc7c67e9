import { type Relabelling, relabellingOf } from '../../../query/relabel.ts';
import { listAt } from '../../../read/values.ts';

/** The relabelling rules of a scrape job, with the defaults of Prometheus. */
export function relabellingsOf(value: unknown, key: 'relabel_configs' | 'metric_relabel_configs'): Relabelling[] {
  return listAt(value, key).map(relabellingOf);
}
