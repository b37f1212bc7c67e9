import type { Place } from '../../model/location.ts';
import type { Service } from '../../model/stack.ts';

/** The place of a value in a service's mapping; where `extends` brought it in, the service itself stands for it. */
export function placeIn(service: Service, ...route: readonly (string | number)[]): Place {
  return { file: service.at.file, pointer: [...(service.at.pointer ?? []), ...route] };
}

/** The same place, meaning the key. */
export function keyIn(service: Service, ...route: readonly (string | number)[]): Place {
  return { ...placeIn(service, ...route), part: 'key' };
}
