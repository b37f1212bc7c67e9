import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import type { Dockerode } from '../src/lab/dockerode.ts';
import { labLabel } from '../src/lab/sweep.ts';

/** Packets by network and by container: what containers of a lab sent, or meant to send, outside its networks. */
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
 * Counts what the networks and containers with a lab's label have sent elsewhere. An older engine drops what an internal
 * network sends outside, and its rules count it (iptables-save(8), `-c`); since version 27 a container of such a network
 * has no route to take, and its kernel counts those packets (`OutNoRoutes` of proc_net(5)). A bridge that is not internal
 * has a rule by which its packets are passed on (https://docs.docker.com/engine/network/packet-filtering-firewalls/).
 */
export async function attemptsOf(docker: Dockerode): Promise<Attempts> {
  const filters = JSON.stringify({ label: [labLabel] });
  const [networks, containers] = await Promise.all([
    docker.listNetworks({ filters }),
    docker.listContainers({ filters }),
  ]);
  const rules = execFileSync('iptables-save', ['-c'], { encoding: 'utf8' }).split('\n');
  const unrouted = containers.map(
    async ({ Id: id, Names: [name = id] }) => [name, await routeless(docker, id)] as const,
  );
  return new Map([
    ...networks.map(({ Id: id, Name: name }) => [name, packetsFrom(rules, `br-${id.slice(0, 12)}`)] as const),
    ...(await Promise.all(unrouted)),
  ]);
}

const processes = new Map<string, number>();

/** What the kernel of a container had no route for; of one that has ended nothing more is known. */
async function routeless(docker: Dockerode, id: string): Promise<number> {
  const known = processes.get(id);
  const now = known === undefined ? undefined : snmp(known);
  if (now !== undefined) return unroutedIn(now);
  const pid = await processOf(docker, id);
  processes.set(id, pid);
  return unroutedIn(snmp(pid) ?? '');
}

/** The main process of a container; 0 where it has none, or is gone since it was listed. */
async function processOf(docker: Dockerode, id: string): Promise<number> {
  try {
    return (await docker.getContainer(id).inspect()).State.Pid;
  } catch (problem) {
    if (problem instanceof Error && 'statusCode' in problem && problem.statusCode === 404) return 0;
    throw problem;
  }
}

function snmp(pid: number): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/net/snmp`, 'utf8');
  } catch {
    return undefined;
  }
}

function unroutedIn(counters: string): number {
  const [names = [], values = []] = [...counters.matchAll(/^Ip: (.*)$/gm)].map(([, line = '']) => line.split(' '));
  return Number(values[names.indexOf('OutNoRoutes')] ?? 0);
}

/** The packets that came in at a bridge for somewhere else. @throws Error where no rule of the engine counts them. */
export function packetsFrom(rules: readonly string[], bridge: string): number {
  const passedOn = [`-A FORWARD -i ${bridge} ! -o ${bridge} -j ACCEPT`, `-A DOCKER-FORWARD -i ${bridge} -j ACCEPT`];
  const leaving = rules.filter(
    (rule) =>
      rule.includes(` -i ${bridge} `) &&
      (/ ! -d \S+ .*-j DROP/.test(rule) || passedOn.some((form) => rule.includes(form))),
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
