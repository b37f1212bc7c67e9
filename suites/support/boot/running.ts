import {
  type BootSubject,
  containerState,
  eventually,
  logTail,
  messageOf,
  notStarted,
  type Service,
} from '../../../src/index.ts';
import { brokenOnPurpose } from '../broken.ts';
import type { Found } from '../prove.ts';
import { lab, leftOut, run } from '../run.ts';

/** What Grafana logs when provisioning fails; the process may live on, so health says nothing of it. */
const provisioningFailures = [
  'failed to load dashboard from',
  'failed to save dashboard',
  'Failed to provision',
  'Cannot read directory',
  "can't read dashboard provisioning files from directory",
  'the same UID is used more than once',
  'dashboard title is not unique in folder',
  'no database write permissions because of duplicates',
];

/** The service is up by its own measure, answers, has never restarted, and logged no provisioning failure. */
export async function runsWell({ service }: BootSubject): Promise<Found> {
  const absent = leftOut(service.name);
  if (absent !== undefined) return { unknown: absent };
  const fate = await comesUp(service);
  const log = await logTail(lab(), service.name, fate === undefined ? 5000 : 15);
  if (fate !== undefined) return { looked: 1, problems: [fate, `the end of its log:\n${log}`] };
  return { looked: 1, problems: service.product === 'grafana' ? provisioningProblems(log, service.name) : [] };
}

const coming = new Map<string, Promise<string | undefined>>();

/** Waits, once for all cases, until a service is up; what became of it where it did not stay so. */
export function comesUp(service: Service): Promise<string | undefined> {
  const known = coming.get(service.name) ?? waitFor(service);
  coming.set(service.name, known);
  return known;
}

async function waitFor(service: Service): Promise<string | undefined> {
  try {
    const fate = await eventually(
      `service "${service.name}" runs`,
      async () => {
        const state = await containerState(lab(), service.name);
        const { status, health, restarts, exitCode } = state;
        const seen = `status ${status}, health ${health ?? 'not checked'}, ${restarts} restarts, exit code ${exitCode}`;
        if (restarts === 0 && isDone(service, status, exitCode)) return { done: true, value: undefined };
        if (restarts > 0 || status === 'exited' || status === 'dead') return { done: true, value: seen };
        const up = status === 'running' && (health === undefined || health === 'healthy');
        if (!up) return { done: false, seen };
        // A process runs from its first moment on, also one that is about to find its configuration wrong.
        const silent = await notStarted(lab(), run.stack, service);
        return silent === undefined ? { done: true, value: undefined } : { done: false, seen: silent };
      },
      { within: 120_000 },
    );
    if (fate !== undefined) return `service "${service.name}" does not stay up: ${fate}`;
  } catch (problem) {
    return messageOf(problem);
  }
  if (service.product === 'grafana') await provisioned(service.name);
  return undefined;
}

/** A helper of the stack that does its work and ends (an owner set, a folder made). */
function isDone(service: Service, status: string, exitCode: number): boolean {
  return service.product === undefined && status === 'exited' && exitCode === 0;
}

/** Grafana serves before its dashboards are read. One that logs too little to tell is taken as it is after a while. */
async function provisioned(service: string): Promise<void> {
  await eventually(
    'dashboards are provisioned',
    async () => {
      const log = await logTail(lab(), service, 5000);
      return /provision dashboards/i.test(log.replaceAll('starting to provision dashboards', ''))
        ? { done: true, value: true }
        : { done: false, seen: 'not said' };
    },
    { within: 20_000 },
  ).catch(() => undefined);
}

function provisioningProblems(log: string, service: string): string[] {
  const providers = run.stack.grafana.find((one) => one.service === service)?.providers.length ?? 0;
  // Without a provider an absent folder of providers is no failure, though Grafana logs it as one.
  const failures = provisioningFailures.filter((failure) => providers > 0 || !failure.includes('files from directory'));
  return log
    .split('\n')
    .filter((line) => failures.some((failure) => line.includes(failure)))
    .filter((line) => !brokenOnPurpose().some((target) => line.includes(target)))
    .map((line) => `provisioning failed: ${line.trim()}`);
}
