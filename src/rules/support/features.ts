import type { Service } from '../../model/stack.ts';
import { imageVersion } from './versions.ts';

/** Whether Prometheus runs with a feature: named in `--enable-feature`, or part of version 3. */
export function isFlagOn(service: Service, feature: string): boolean {
  const words = service.command.map((word) => word.value);
  const named =
    words.some((word) => word.includes('enable-feature') && word.includes(feature)) || words.includes(feature);
  return named || (imageVersion(service)?.[0] ?? 2) >= 3;
}
