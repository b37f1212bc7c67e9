import type { LabAddress } from '../../model/lab.ts';
import { runProbe } from '../probe.ts';
import { containerOf } from '../services/containers.ts';

/**
 * Signals a process only where the engine's record of it still holds: its control group bears the container's id.
 * Prints the number of each that was signalled.
 */
const signalProcesses = `
signal=$1; shift
for pair in "$@"; do
  pid=\${pair%%:*}
  grep -q "\${pair#*:}" "/proc/$pid/cgroup" && kill -s "$signal" "$pid" && echo "sent $pid"
done
exit 0`;

/**
 * Sends a signal to the main processes of services from beside them, so that the engine has no part in it. What
 * `docker kill` ends counts as stopped by hand, and no restart policy applies to it
 * (https://docs.docker.com/engine/containers/start-containers-automatically/#restart-policy-details). So a container
 * that sees the host's processes and may do nothing but send signals does it.
 * @returns the services whose process got it
 */
export async function signalServices(
  lab: LabAddress,
  services: readonly string[],
  signal: 'KILL' | 'STOP' | 'CONT',
): Promise<ReadonlySet<string>> {
  const processes = await Promise.all(
    services.map(async (service) => {
      const { Id: id, State: state } = await (await containerOf(lab, service)).inspect();
      return { service, id, pid: state.Pid };
    }),
  );
  const pairs = processes.filter(({ pid }) => pid > 0).map(({ pid, id }) => `${pid}:${id}`);
  const { output } = await runProbe(lab, {
    script: signalProcesses,
    args: [signal, ...pairs],
    host: { PidMode: 'host', UsernsMode: 'host', CapAdd: ['KILL'] },
  });
  const sent = new Set(output.split('\n').map((line) => /^sent (\d+)$/.exec(line)?.[1]));
  return new Set(processes.filter(({ pid }) => sent.has(String(pid))).map(({ service }) => service));
}
