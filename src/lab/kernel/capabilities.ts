/** The capabilities by their bit (https://man7.org/linux/man-pages/man7/capabilities.7.html, linux/capability.h). */
const names = [
  'CHOWN',
  'DAC_OVERRIDE',
  'DAC_READ_SEARCH',
  'FOWNER',
  'FSETID',
  'KILL',
  'SETGID',
  'SETUID',
  'SETPCAP',
  'LINUX_IMMUTABLE',
  'NET_BIND_SERVICE',
  'NET_BROADCAST',
  'NET_ADMIN',
  'NET_RAW',
  'IPC_LOCK',
  'IPC_OWNER',
  'SYS_MODULE',
  'SYS_RAWIO',
  'SYS_CHROOT',
  'SYS_PTRACE',
  'SYS_PACCT',
  'SYS_ADMIN',
  'SYS_BOOT',
  'SYS_NICE',
  'SYS_RESOURCE',
  'SYS_TIME',
  'SYS_TTY_CONFIG',
  'MKNOD',
  'LEASE',
  'AUDIT_WRITE',
  'AUDIT_CONTROL',
  'SETFCAP',
  'MAC_OVERRIDE',
  'MAC_ADMIN',
  'SYSLOG',
  'WAKE_ALARM',
  'BLOCK_SUSPEND',
  'AUDIT_READ',
  'PERFMON',
  'BPF',
  'CHECKPOINT_RESTORE',
];

/** What the engine gives a container of which nothing is said (https://docs.docker.com/engine/containers/run/#runtime-privilege-and-linux-capabilities). */
const usual = [
  'AUDIT_WRITE',
  'CHOWN',
  'DAC_OVERRIDE',
  'FOWNER',
  'FSETID',
  'KILL',
  'MKNOD',
  'NET_BIND_SERVICE',
  'NET_RAW',
  'SETFCAP',
  'SETGID',
  'SETPCAP',
  'SETUID',
  'SYS_CHROOT',
];

/** The names behind a mask of proc(5) (`CapBnd: 00000000a80425fb`), sorted. */
export function capabilitiesIn(mask: string): string[] {
  const bits = BigInt(`0x${mask.trim()}`);
  return names.filter((_, bit) => (bits >> BigInt(bit)) & 1n).sort();
}

/** `CAP_NET_ADMIN`, `net_admin` and `NET_ADMIN` are one. */
export function plainCapability(name: string): string {
  return name.toUpperCase().replace(/^CAP_/, '');
}

/**
 * What is wrong with the capabilities of a process, given what the compose file adds and drops: one it can have beyond
 * the engine's usual ones and the added, one that was dropped and is there, one that was added and is not.
 */
export function capabilityProblems(
  add: readonly string[],
  drop: readonly string[],
  { bounding, effective }: { readonly bounding: readonly string[]; readonly effective: readonly string[] },
): string[] {
  const added = add.map(plainCapability);
  const dropped = drop.map(plainCapability);
  const all = added.includes('ALL');
  const base = all ? names : dropped.includes('ALL') ? [] : usual;
  const allowed = new Set([...base.filter((name) => !dropped.includes(name)), ...added]);
  const reachable = [...new Set([...bounding, ...effective])].sort();
  const missing = added.filter((name) => name !== 'ALL' && !dropped.includes(name) && !bounding.includes(name));
  return [
    ...reachable
      .filter((name) => !allowed.has(name))
      .map(
        (name) =>
          `the process can have ${name}, which the compose file ${dropped.length > 0 ? 'drops' : 'does not add'}`,
      ),
    ...missing.map((name) => `the compose file adds ${name}, and the process cannot have it`),
  ];
}
