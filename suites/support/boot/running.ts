import { type BootSubject, containerState, eventually, logTail } from '../../../src/index.ts';
import type { Found } from '../prove.ts';
import { lab, leftOut } from '../run.ts';

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

/** The service is up by its own measure, has never restarted, and logged no provisioning failure. */
export async function runsWell({ service }: BootSubject): Promise<Found> {
  const absent = leftOut(service.name);
  if (absent !== undefined) return { unknown: absent };
  const problems: string[] = [];
  try {
    const fate = await eventually(
      `service "${service.name}" runs`,
      async () => {
        const state = await containerState(lab(), service.name);
        const { status, health, restarts, exitCode } = state;
        const seen = `status ${status}, health ${health ?? 'not checked'}, ${restarts} restarts, exit code ${exitCode}`;
        if (restarts > 0 || status === 'exited' || status === 'dead') return { done: true, value: seen };
        const up = status === 'running' && (health === undefined || health === 'healthy');
        return up ? { done: true, value: undefined } : { done: false, seen };
      },
      { within: 90_000 },
    );
    if (fate !== undefined) problems.push(`service "${service.name}" does not stay up: ${fate}`);
  } catch (problem) {
    problems.push(problem instanceof Error ? problem.message : String(problem));
  }
  const log = await logTail(lab(), service.name, problems.length > 0 ? 15 : 2000);
  if (problems.length > 0) problems.push(`the end of its log:\n${log}`);
  else if (service.product === 'grafana') problems.push(...provisioningProblems(log));
  return { looked: 1, problems };
}

function provisioningProblems(log: string): string[] {
  return log
    .split('\n')
    .filter((line) => provisioningFailures.some((failure) => line.includes(failure)))
    .map((line) => `provisioning failed: ${line.trim()}`);
}
