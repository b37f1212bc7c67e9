const folders = ['/proc', '/sys', '/run', '/var/run', '/var/log', '/var/lib/docker', '/dev'];
const files = [
  '/',
  '/etc/localtime',
  '/etc/timezone',
  '/etc/machine-id',
  '/etc/hostname',
  '/etc/os-release',
  '/etc/passwd',
  '/etc/group',
];

/**
 * Whether a path is one that exporters read on every Linux host. Only these are bound from the host, read-only:
 * anything else (a home folder, a key) is not the lab's to read.
 */
export function isSystemPath(path: string): boolean {
  const clean = path.length > 1 ? path.replace(/\/+$/, '') : path;
  return files.includes(clean) || folders.some((folder) => clean === folder || clean.startsWith(`${folder}/`));
}

const certain = [
  '/',
  '/proc',
  '/sys',
  '/run',
  '/var/run',
  '/var/log',
  '/dev',
  '/dev/kmsg',
  '/var/lib/docker',
  '/var/lib/docker/containers',
];

/** Whether a path is on every host that runs an engine, for a caller who cannot look. */
export function isOnEveryHost(path: string): boolean {
  return certain.includes(path.length > 1 ? path.replace(/\/+$/, '') : path);
}
