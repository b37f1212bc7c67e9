import type { Product, Service } from '../../model/stack.ts';
import { textValue, valueAt } from '../../read/values.ts';

/** Products whose images bring no HEALTHCHECK of their own; that of cAdvisor does. */
const unchecked: readonly Product[] = ['prometheus', 'alertmanager', 'grafana', 'loki', 'promtail', 'node-exporter'];

/** Whether a service has no health check for certain: none is written, and its image is known to bring none. */
export function isUnchecked({ product, image, definition }: Service): boolean {
  const written = valueAt(definition, 'healthcheck');
  if (textValue(written, 'disable') === 'true' || [valueAt(written, 'test')].flat()[0] === 'NONE') return true;
  if (written !== undefined || 'build' in definition || image?.value.includes('bitnami') === true) return false;
  return product !== undefined && unchecked.includes(product);
}
