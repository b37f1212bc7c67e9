import { inject } from 'vitest';
import { type LabAddress, loadRun, type SuiteRun } from '../../src/index.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The file that describes the run: candidate, stack, lab. */
    stackproofRun: string;
  }
}

/** The run whose stack the cases are about. */
export const run: SuiteRun = loadRun(inject('stackproofRun'));

/** The running lab. @throws Error where there is none: cases are only asked when there is. */
export function lab(): LabAddress {
  if ('project' in run.lab) return run.lab;
  throw new Error('there is no lab');
}

/** Why a service of the compose file is not in the lab; undefined where it is. */
export function leftOut(service: string): string | undefined {
  if (lab().services[service] !== undefined) return undefined;
  const reason = lab().leftOut.find((one) => one.service === service)?.why;
  return `service "${service}" is not in the lab: ${reason ?? 'its container was never created'}`;
}
