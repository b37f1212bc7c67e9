import { baseUrl, doorShut, eventually, type LabAddress, type Look, loadRun, type SuiteRun } from '../../src/index.ts';

/** The run whose stack the cases are about. */
export const run: SuiteRun = loadRun(process.env['STACKPROOF_RUN'] ?? '');

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

const doors = new Map<string, Promise<string | undefined>>();

/** Why a running service does not let the suites ask it (it wants a password or TLS); undefined where it does. */
export function shutDoor(service: string): Promise<string | undefined> {
  const known = doors.get(service) ?? knock(service);
  doors.set(service, known);
  return known;
}

/** A service that never answers is for the case itself to find. */
async function knock(service: string): Promise<string | undefined> {
  const base = baseUrl(lab(), run.stack, service);
  const look = async (): Promise<Look<string | undefined>> => ({
    done: true,
    value: await doorShut(lab(), base, service),
  });
  return eventually(`service "${service}" answers`, look, { within: 20_000 }).catch(() => undefined);
}
