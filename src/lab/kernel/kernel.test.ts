import { describe, expect, it } from 'vitest';
import type { Service } from '../../model/stack.ts';
import { treeOf } from '../../model/tree.ts';
import { readRepository } from '../../read/repository.ts';
import { capabilitiesIn, capabilityProblems } from './capabilities.ts';
import { cgroupBounds, cgroupFolder } from './cgroup.ts';
import { processView, rootReadOnly, sameIds } from './process.ts';
import type { KernelView } from './view.ts';
import { kernelProblems, writtenBounds } from './written.ts';

const id = '66dae52af0e0';
const first = `30 24 0:27 / /sys/fs/cgroup ro,nosuid - tmpfs tmpfs ro,mode=755
31 30 0:28 / /sys/fs/cgroup/cpu,cpuacct rw,nosuid - cgroup cgroup rw,cpu,cpuacct
32 30 0:29 / /sys/fs/cgroup/memory rw,nosuid - cgroup cgroup rw,memory
33 30 0:30 / /sys/fs/cgroup/pids rw,nosuid - cgroup cgroup rw,pids
34 30 0:31 / /sys/fs/cgroup/unified rw,nosuid - cgroup2 cgroup2 rw,nsdelegate`;
const firstMembers = `4:memory:/docker/${id}\n3:cpu,cpuacct:/docker/${id}\n2:pids:/docker/${id}\n0::/docker/${id}\n`;
const second = '30 24 0:27 / /sys/fs/cgroup rw,nosuid - cgroup2 cgroup2 rw,nsdelegate';

function files(texts: Readonly<Record<string, string>>): (path: string) => Promise<string | undefined> {
  return async (path) => texts[path];
}

describe('the folder of a control group', () => {
  it.each([
    ['of version 1 is that of its controller', first, firstMembers, 1, `/sys/fs/cgroup/memory/docker/${id}`],
    [
      'of version 1 as a container sees it is what is mounted',
      `78 77 0:29 /docker/${id} /sys/fs/cgroup/memory ro - cgroup cgroup rw,memory`,
      `4:memory:/docker/${id}\n0::/docker/${id}\n`,
      1,
      '/sys/fs/cgroup/memory',
    ],
    [
      'of version 1 is the one mounted last',
      `78 77 0:29 /docker/${id} /sys/fs/cgroup/memory ro - cgroup cgroup rw,memory\n${first}`,
      firstMembers,
      1,
      `/sys/fs/cgroup/memory/docker/${id}`,
    ],
    [
      'of version 2 is one for all',
      second,
      `0::/system.slice/docker-${id}.scope\n`,
      2,
      `/sys/fs/cgroup/system.slice/docker-${id}.scope`,
    ],
    ['of version 2 in a namespace of its own is the root', second, '0::/\n', 2, '/sys/fs/cgroup'],
  ])('%s', (_, mounts, members, version, folder) => {
    expect(cgroupFolder(mounts, members, 'memory')).toEqual({ version, folder });
  });

  it('is unknown where no control group is mounted', async () => {
    const mounts = '30 24 0:27 / /proc rw - proc proc rw';
    expect(cgroupFolder(mounts, firstMembers, 'memory')).toBeUndefined();
    expect(await cgroupBounds(files({}), mounts, firstMembers)).toBeUndefined();
    expect(await cgroupBounds(files({}), first, firstMembers)).toBeUndefined();
  });
});

describe('the bounds of a control group', () => {
  const old = (name: string): string => `/sys/fs/cgroup/${name.replace('/', `/docker/${id}/`)}`;
  it.each([
    [
      {
        [old('memory/memory.limit_in_bytes')]: '67108864\n',
        [old('memory/memory.soft_limit_in_bytes')]: '33554432\n',
        [old('cpu,cpuacct/cpu.cfs_quota_us')]: '50000\n',
        [old('cpu,cpuacct/cpu.cfs_period_us')]: '100000\n',
        [old('pids/pids.max')]: '64\n',
      },
      { memory: 67_108_864, reservation: 33_554_432, processors: 0.5, pids: 64 },
    ],
    [
      {
        [old('memory/memory.limit_in_bytes')]: '9223372036854771712\n',
        [old('memory/memory.soft_limit_in_bytes')]: '9223372036854771712\n',
        [old('cpu,cpuacct/cpu.cfs_quota_us')]: '-1\n',
        [old('cpu,cpuacct/cpu.cfs_period_us')]: '100000\n',
        [old('pids/pids.max')]: 'max\n',
      },
      {},
    ],
  ])('of version 1 are read from their files', async (texts, bounds) => {
    expect(await cgroupBounds(files(texts), first, firstMembers)).toEqual(bounds);
  });

  it.each([
    [
      ['268435456', '67108864', '150000 100000', '100'],
      { memory: 268_435_456, reservation: 67_108_864, processors: 1.5, pids: 100 },
    ],
    [['max', '0', 'max 100000', 'max'], {}],
  ])('of version 2 are read from their files', async ([memory = '', low = '', cpu = '', pids = ''], bounds) => {
    const folder = `/sys/fs/cgroup/docker/${id}`;
    const texts = {
      [`${folder}/memory.max`]: `${memory}\n`,
      [`${folder}/memory.low`]: `${low}\n`,
      [`${folder}/cpu.max`]: `${cpu}\n`,
      [`${folder}/pids.max`]: `${pids}\n`,
    };
    expect(await cgroupBounds(files(texts), second, `0::/docker/${id}\n`)).toEqual(bounds);
  });
});

describe('a process', () => {
  it('is read from its status', () => {
    const status = `Name:\tgrafana\nUid:\t0\t472\t472\t472\nGid:\t0\t470\t470\t470\nNoNewPrivs:\t1\nCapEff:\t0000000000000000\nCapBnd:\t00000000a80425fb\n`;
    const view = processView(status);
    expect(view).toMatchObject({ uid: 472, gid: 470, noNewPrivileges: true, effective: [] });
    expect(view?.bounding).toHaveLength(14);
    expect(processView('Name:\tgrafana\n')).toBeUndefined();
  });

  it('has the root that was mounted last', () => {
    const root = (options: string): string => `72 48 0:39 / / ${options} master:2 - overlay overlay rw`;
    expect(rootReadOnly(root('ro,relatime'))).toBe(true);
    expect(rootReadOnly(`${root('ro,relatime')}\n${root('rw,relatime')}\n73 72 0:42 / /proc ro - proc proc rw`)).toBe(
      false,
    );
    expect(rootReadOnly('73 72 0:42 / /proc rw - proc proc rw')).toBeUndefined();
  });

  it('has the ids of the host where they are not mapped', () => {
    expect(sameIds('         0          0 4294967295\n')).toBe(true);
    expect(sameIds('         0     100000      65536\n')).toBe(false);
  });
});

describe('capabilities', () => {
  const usual = capabilitiesIn('00000000a80425fb');
  it.each<[string, string[], string[], string[], RegExp[]]>([
    ['the usual ones', [], [], usual, []],
    ['fewer than the usual ones', [], [], ['CHOWN'], []],
    ['one too many', [], [], [...usual, 'SYS_ADMIN'], [/can have SYS_ADMIN, which the compose file does not add/]],
    ['one that was dropped', [], ['cap_chown'], usual, [/can have CHOWN, which the compose file drops/]],
    ['all dropped, one added', ['NET_RAW'], ['ALL'], ['NET_RAW'], []],
    ['an added one that is not there', ['SYSLOG'], [], usual, [/adds SYSLOG, and the process cannot have it/]],
    ['all added but one', ['ALL'], ['SYS_ADMIN'], ['SYS_TIME', 'SYS_ADMIN'], [/can have SYS_ADMIN/]],
  ])('are compared with what is written: %s', (_, add, drop, bounding, problems) => {
    const found = capabilityProblems(add, drop, { bounding, effective: [] });
    expect(found).toHaveLength(problems.length);
    for (const [index, problem] of problems.entries()) expect(found[index]).toMatch(problem);
  });
});

describe('what is written and what the kernel holds', () => {
  const service = only(`services:
  prometheus:
    image: prom/prometheus:v2.47.0
    user: "65534:nobody"
    read_only: true
    security_opt: [no-new-privileges]
    cap_drop: [ALL]
    pids_limit: 64
    deploy: { resources: { limits: { cpus: '1.5', memory: 100000000 }, reservations: { memory: 64M } } }
`);
  const held: KernelView = {
    bounds: { memory: 99_999_744, reservation: 67_108_864, processors: 1.5, pids: 64 },
    process: { uid: 65_534, gid: 65_534, noNewPrivileges: true, bounding: [], effective: [] },
    readOnlyRoot: true,
  };

  it('agree but for the size of a page', () => {
    const { looked, problems } = kernelProblems(writtenBounds(service, service.limits.cpus?.value), held);
    expect(problems).toEqual([]);
    expect(looked).toBe(8);
  });

  it('differ in each thing that is not held', () => {
    const loose: KernelView = {
      bounds: { processors: 2 },
      process: { uid: 0, gid: 0, noNewPrivileges: false, bounding: ['NET_RAW'], effective: [] },
      readOnlyRoot: false,
    };
    const { problems } = kernelProblems(writtenBounds(service, 1.5), loose);
    expect(problems.map((problem) => problem.split(/:| can/)[0])).toEqual([
      'memory limit in bytes',
      'memory reservation in bytes',
      'processors',
      'number of processes',
      'user',
      'no-new-privileges',
      'a read-only root',
      'the process',
    ]);
    expect(problems[0]).toBe('memory limit in bytes: the compose file says 100000000, the kernel holds it to nothing');
  });
});

function only(compose: string): Service {
  const service = readRepository(treeOf({ 'compose.yml': compose })).stacks[0]?.services[0];
  if (service === undefined) throw new Error('no service was read');
  return service;
}
