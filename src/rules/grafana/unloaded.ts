import type { Dashboard } from '../../model/grafana.ts';
import { isMapping, mappingAt, valueAt } from '../../read/values.ts';

/** Whether a file is the answer of Grafana's API, with the dashboard inside. */
export function isWrapped({ value, title }: Dashboard): boolean {
  return title === undefined && isMapping(valueAt(value, 'dashboard')) && !('panels' in (value ?? {}));
}

/** Whether a file is in the form of the Kubernetes API, which later versions of Grafana read. */
export function isResource({ value }: Dashboard): boolean {
  return value !== undefined && 'kind' in value && 'spec' in value && Object.keys(mappingAt(value, 'spec')).length > 0;
}
