import { execFileSync } from 'node:child_process';
import type { Dockerode } from '../src/lab/dockerode.ts';
import { labLabel } from '../src/lab/sweep.ts';

/** Packets by network: what containers of a lab sent to addresses outside its networks. */
export type Attempts = ReadonlyMap<string, number>;

/** Why packets cannot be counted here; undefined where they can: the engine's rules are those of this machine. */
export function whyUncounted(): string | undefined {
  try {
    execFileSync('iptables-save', ['-c'], { stdio: 'ignore' });
    return undefined;
  } catch {
    return 'iptables-save cannot be run here, so nobody counts what leaves a network';
  }
}

/**
 * Reads the packets that the networks with a lab's label let nobody send, by the counters of the engine's own rules
 * (iptables-save(8), `-c`): it drops what an internal network sends elsewhere, and a bridge that is not internal has a
 * rule by which its packets are passed on (https://docs.docker.com/engine/network/packet-filtering-firewalls/).
 */
export async function attemptsOf(docker: Dockerode): Promise<Attempts> {
  const networks = await docker.listNetworks({ filters: JSON.stringify({ label: [labLabel] }) });
  const rules = execFileSync('iptables-save', ['-c'], { encoding: 'utf8' }).split('\n');
  return new Map(networks.map(({ Id: id, Name: name }) => [name, packetsFrom(rules, `br-${id.slice(0, 12)}`)]));
}

/** The packets that came in at a bridge for somewhere else. @throws Error where no rule of the engine counts them. */
export function packetsFrom(rules: readonly string[], bridge: string): number {
  const leaving = rules.filter(
    (rule) =>
      rule.includes(` -i ${bridge} `) &&
      (/ ! -d \S+ .*-j DROP/.test(rule) || rule.includes(`-A FORWARD -i ${bridge} ! -o ${bridge} -j ACCEPT`)),
  );
  if (leaving.length === 0) throw new Error(`no rule of the engine counts what leaves the bridge ${bridge}`);
  return leaving.reduce((sum, rule) => sum + Number(/^\[(\d+):/.exec(rule)?.[1] ?? 0), 0);
}

/** Watches the labs' networks while something runs and keeps the highest count of each: they are gone afterwards. */
export async function countingAttempts(docker: Dockerode, running: Promise<unknown>): Promise<Attempts> {
  const highest = new Map<string, number>();
  let over = false;
  const ended = running.finally(() => {
    over = true;
  });
  while (!over) {
    // A network that is being made has no rule yet, one that is being removed has none any more.
    const now = await attemptsOf(docker).catch(() => new Map<string, number>());
    for (const [name, count] of now) highest.set(name, Math.max(count, highest.get(name) ?? 0));
    await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, 250))]);
  }
  await ended;
  return highest;
}
