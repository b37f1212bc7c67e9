import { bootSubjects } from '../gate/subjects/boot.ts';
import { type ContainerState, containerState } from '../lab/services/containers.ts';
import type { LabAddress } from '../model/lab.ts';
import { messageOf } from '../model/message.ts';
import type { Stack } from '../model/stack.ts';
import type { Verdict } from '../model/verdict.ts';

/**
 * The verdicts after a last look at the containers: the boot suite looks at a service when it has come up, and one that
 * fell over while the other suites ran does not run.
 */
export async function afterLastLook(
  verdicts: readonly Verdict[],
  lab: LabAddress,
  stack: Stack,
  stateOf: (lab: LabAddress, service: string) => Promise<ContainerState> = containerState,
): Promise<Verdict[]> {
  const fallen = new Map<string, string>();
  for (const { claim, service, about } of bootSubjects(stack)) {
    if (about !== 'runs' || lab.services[service.name] === undefined) continue;
    const why = await stateOf(lab, service.name).then(
      (state) => whyFallen(state, service.product !== undefined),
      (problem: unknown) => messageOf(problem),
    );
    if (why !== undefined)
      fallen.set(claim.id, `service "${service.name}" did not stay up while the suites ran: ${why}`);
  }
  return verdicts.map((verdict) => {
    const cause = fallen.get(verdict.claim);
    return cause === undefined || verdict.outcome !== 'pass' ? verdict : { ...verdict, outcome: 'fail', cause };
  });
}

/** A helper of the stack may end by itself, with 0. */
function whyFallen({ status, restarts, exitCode }: ContainerState, isProduct: boolean): string | undefined {
  if (restarts === 0 && (status === 'running' || (!isProduct && exitCode === 0))) return undefined;
  return `status ${status}, ${restarts} restarts, exit code ${exitCode}`;
}
