import type { Dockerode } from './dockerode.ts';

/** Shows which services of a project are starting while something is under way. Without `show` it only waits. */
export async function watching<T>(
  docker: Dockerode,
  project: string,
  show: ((line: string | undefined) => void) | undefined,
  underWay: Promise<T>,
): Promise<T> {
  if (show === undefined) return underWay;
  const filters = JSON.stringify({ label: [`com.docker.compose.project=${project}`] });
  const look = async (): Promise<void> => {
    const containers = await docker.listContainers({ all: true, filters });
    show(
      startingLine(
        containers.map(({ Labels: labels, State: state, Status: status }) => ({
          service: labels['com.docker.compose.service'] ?? '',
          state,
          status,
        })),
      ),
    );
  };
  const timer = setInterval(() => void look().catch(() => undefined), 500);
  try {
    return await underWay;
  } finally {
    clearInterval(timer);
    show(undefined);
  }
}

/** `5 of 8 up; starting: grafana (health: starting), loki (created)`. */
export function startingLine(
  containers: readonly { readonly service: string; readonly state: string; readonly status: string }[],
): string {
  const isUp = ({ state, status }: { state: string; status: string }): boolean =>
    state === 'running' && !/health: starting|unhealthy/.test(status);
  const waited = containers.filter((one) => !isUp(one)).map((one) => `${one.service} (${detail(one)})`);
  const count = `${containers.length - waited.length} of ${containers.length} up`;
  return waited.length === 0 ? count : `${count}; starting: ${waited.sort().join(', ')}`;
}

function detail({ state, status }: { readonly state: string; readonly status: string }): string {
  return /\((.*)\)/.exec(status)?.[1] ?? state;
}
