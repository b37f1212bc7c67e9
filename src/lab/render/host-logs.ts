import { posix } from 'node:path';
import type { Mount, Service } from '../../model/stack.ts';
import { type Context, putText } from './context.ts';
import { noteFor, ownVolume, type VolumeEntry } from './own-volume.ts';

const others = 'what others log on this host is none of the lab’s business'.replace('’', "'");

/**
 * What a shipper of logs mounts where the compose file gives it a folder of the host: never the host's own lines, which
 * would flow into the lab. The folder with the logs of all containers shrinks to the log of one container of the lab;
 * any other becomes an empty volume into which the lab can write. Undefined for mounts that hold no logs.
 */
export function shippedFolder(context: Context, service: Service, mount: Mount): VolumeEntry[] | undefined {
  const path = posix.normalize(mount.source).replace(/(?<=.)\/+$/, '');
  const target = mount.target.replace(/(?<=.)\/+$/, '');
  if (!holdsLogs(context, service, path, target)) return undefined;
  const note = noteFor(context, service, mount);
  if (isLogFile(path)) return [ownFile(context, service, { ...mount, target })];
  const inside = containersFolder(path);
  const log = inside === undefined ? [] : containerLog(context, service, posix.join(target, inside));
  if (inside === '' && log.length > 0) {
    note(mount.source, 'the log of one container of the lab', others);
    return log;
  }
  const volume = ownVolume(context, mount, note, others);
  context.logFolders.push({ service: service.name, target, via: 'helper', at: `/logs/${volume.source}` });
  // In a read-only mount the engine cannot make the place for one that lies inside.
  return log.length === 0 ? [volume] : [{ ...volume, read_only: false }, ...log];
}

/** Notes a volume of the stack that a Promtail reads logs from: the lab can write there. */
export function noteLogVolume(context: Context, service: Service, mount: Mount): void {
  const target = mount.target.replace(/\/+$/, '');
  if (mount.source === '' || !isRead(context, service, target)) return;
  context.logFolders.push({ service: service.name, target, via: 'helper', at: `/logs/${mount.source}` });
}

/** Promtail ships what its jobs read; an unknown program may ship what lies where logs lie. The two exporters only look. */
function holdsLogs(context: Context, service: Service, path: string, target: string): boolean {
  const usual = /^\/(var|run)\/log(\/|$)/.test(path);
  if (service.product === 'promtail')
    return usual || containersFolder(path) !== undefined || isRead(context, service, target);
  return service.product === undefined && (usual || containersFolder(path) === '');
}

function isRead(context: Context, service: Service, target: string): boolean {
  const jobs = context.stack.promtail.find((one) => one.service === service.name)?.scrapeJobs ?? [];
  return jobs.some((job) => job.paths.some(({ value }) => `${value}/`.startsWith(`${target}/`)));
}

/** A single log that is mounted, as syslog often is: the engine would make a folder of a source that is not there. */
function isLogFile(path: string): boolean {
  return /\.log$|\/(syslog|messages|secure|kern|auth|maillog|cron|dmesg)$/.test(path);
}

function ownFile(context: Context, service: Service, mount: Mount): VolumeEntry {
  const file = `host-logs/${service.name}${mount.target.replace(/[^a-zA-Z0-9.]+/g, '-')}`;
  putText(context, file, '');
  noteFor(context, service, mount)(mount.source, `./${file}`, `${others}: an empty file of the lab takes its place`);
  context.logFolders.push({ service: service.name, target: mount.target, via: 'file', at: file });
  const bind = { create_host_path: false };
  return { type: 'bind', source: `./${file}`, target: mount.target, read_only: true, bind };
}

/** The folder below a path of the host in which an engine keeps its containers' logs: `''` where it is the path itself. */
function containersFolder(path: string): string | undefined {
  const usual = '/var/lib/docker/containers';
  if (/(^|\/)(docker|var-lib-docker)(\/\d+\.\d+)?\/containers$/.test(path)) return '';
  if (path === '/' || usual.startsWith(`${path}/`)) return posix.relative(path, usual);
  return /\/(docker|var-lib-docker)$/.test(path) && !path.startsWith('/etc/') ? 'containers' : undefined;
}

function containerLog(context: Context, service: Service, folder: string): VolumeEntry[] {
  const { logWriter } = context.options;
  if (logWriter === undefined) return [];
  context.logFolders.push({ service: service.name, target: folder, via: 'engine', at: logWriter.id });
  const target = posix.join(folder, logWriter.id);
  return [{ type: 'bind', source: logWriter.folder, target, read_only: true, bind: { create_host_path: false } }];
}
