import type { Service, Stack } from '../../model/stack.ts';
import { type Claim, claimOf } from '../../model/verdict.ts';

/** The suite that restarts the engine; it is only run where `verify` is told how (`--restart-engine`). */
export const engineSuite = 'engine-restart';

/** A claim about one service and a restart of the engine it runs on. */
export interface EngineSubject {
  readonly claim: Claim;
  readonly service: Service;
}

/**
 * What the suite claims of every service of a known product: it comes back with the engine. No gate waits for it, since
 * it can be tried only on an engine that runs nothing else.
 */
export function engineSubjects(stack: Stack): EngineSubject[] {
  return stack.services.flatMap((service) =>
    service.product === undefined ? [] : [{ claim: claimOf(engineSuite, service.name), service }],
  );
}
