import { posix } from 'node:path';
import { type Mount, repoPathOf, type Service } from '../../model/stack.ts';
import { kindAt, pathsUnder, type TreeFile } from '../../model/tree.ts';
import { type Context, putText } from './context.ts';
import { noteLogVolume, shippedFolder } from './host-logs.ts';
import { isOnEveryHost, isSystemPath } from './host-paths.ts';
import { list, type Mapping, mapping, text } from './json.ts';
import { looksSecret, madeUp } from './made-up.ts';
import { type Note, noteFor, ownVolume, type VolumeEntry } from './own-volume.ts';
import { secretMount } from './secrets.ts';

/** Renders what one service mounts. */
export function renderMounts(context: Context, service: Service): VolumeEntry[] {
  const tmpfs = [service.definition['tmpfs']].flat();
  return service.mounts.flatMap((mount) => {
    if (mount.kind === 'secret' || mount.kind === 'config') return secretMount(context, service, mount);
    if (mount.kind === 'tmpfs')
      return tmpfs.some((entry) => text(entry)?.split(':')[0] === mount.target) ? [] : [written(service, mount)];
    if (mount.kind === 'volume') return [volumeMount(context, service, mount)];
    return mount.repoPath === undefined
      ? hostBind(context, service, mount)
      : repositoryBind(context, service, mount, mount.repoPath);
  });
}

/** The entry as it stands in the compose file, where it has the long syntax. */
function longForm(service: Service, mount: Mount): Mapping | undefined {
  return list(service.definition['volumes'])
    .map(mapping)
    .find((entry) => entry?.['target'] === mount.target);
}

function written(service: Service, mount: Mount): VolumeEntry {
  return longForm(service, mount) ?? { type: 'tmpfs', target: mount.target };
}

function volumeMount(context: Context, service: Service, mount: Mount): VolumeEntry {
  noteLogVolume(context, service, mount);
  const options = mapping(longForm(service, mount)?.['volume']);
  return {
    type: 'volume',
    ...(mount.source === '' ? {} : { source: mount.source }),
    target: mount.target,
    ...(mount.readOnly ? { read_only: true } : {}),
    ...(options === undefined ? {} : { volume: options }),
  };
}

function hostBind(context: Context, service: Service, mount: Mount): VolumeEntry[] {
  const path = posix.normalize(mount.source);
  const note = noteFor(context, service, mount);
  const shipped = shippedFolder(context, service, mount);
  if (shipped !== undefined) return shipped;
  if (service.product === undefined && /\.sock$|^(\/var)?\/run$/.test(path)) {
    note(mount.source, '', 'with the engine in its hands an unknown program could act on containers outside the lab');
    return [];
  }
  const there = context.options.hostHas ?? isOnEveryHost;
  if (isSystemPath(path) && there(path)) {
    if (!mount.readOnly) note('read-write', 'read-only', 'the lab never writes to the host');
    const propagation = mapping(longForm(service, mount)?.['bind'])?.['propagation'];
    const bind = { create_host_path: false, ...(propagation === undefined ? {} : { propagation }) };
    return [{ type: 'bind', source: path, target: mount.target, read_only: true, bind }];
  }
  if (mount.readOnly && !isSystemPath(path)) {
    const why = 'a path of the user’s host: the repository does not hold it'.replace('’', "'");
    note(mount.source, '', why);
    context.missing.push({ service: service.name, source: mount.source, target: mount.target, why });
    return [];
  }
  const why = isSystemPath(path) ? 'this host has no such path' : 'a folder of the host that the service writes to';
  return [ownVolume(context, mount, note, why)];
}

function repositoryBind(context: Context, service: Service, mount: Mount, repoPath: string): VolumeEntry[] {
  const path = followLink(context, repoPath);
  const kind = kindAt(context.tree, path);
  const note = noteFor(context, service, mount);
  if (kind === 'absent') return absentBind(context, service, mount, repoPath, note);
  if (!mount.readOnly) {
    note('read-write', 'read-only', 'the lab mounts the rendered copy read-only, to prove it by hash');
    if (kind === 'folder') makeMountPoints(context, service, mount, path);
  }
  for (const file of kind === 'file' ? [path] : pathsUnder(context.tree, path)) {
    const target =
      kind === 'file' ? mount.target : posix.join(mount.target, file.slice(path === '' ? 0 : path.length + 1));
    addMounted(context, service, file, target);
  }
  return [
    {
      type: 'bind',
      source: `./files/${path}`.replace(/\/$/, ''),
      target: mount.target,
      read_only: true,
      bind: { create_host_path: false },
    },
  ];
}

/** In a writable folder the engine makes the places other mounts need; in a read-only one they must be there. */
function makeMountPoints(context: Context, service: Service, mount: Mount, path: string): void {
  for (const nested of service.mounts) {
    if (!nested.target.startsWith(`${mount.target}/`)) continue;
    const place = posix.join(path, nested.target.slice(mount.target.length));
    if (kindAt(context.tree, place) !== 'absent') continue;
    const isFile = nested.repoPath !== undefined && kindAt(context.tree, nested.repoPath) === 'file';
    putText(context, isFile ? `files/${place}` : `files/${place}/.mount-point`, '');
  }
}

/** What the engine would do silently (create an empty folder) is only right for a folder the service writes to. */
function absentBind(context: Context, service: Service, mount: Mount, repoPath: string, note: Note): VolumeEntry[] {
  const isFile = posix.extname(mount.target) !== '' || posix.extname(repoPath) !== '';
  if (looksSecret(posix.basename(repoPath)) && isFile) {
    const file = `secrets/bind-${service.name}-${posix.basename(repoPath)}`;
    putText(context, file, madeUp(context.options.project, repoPath));
    context.mounted.push({ service: service.name, target: mount.target, file });
    note(mount.source, `./${file}`, 'the secret is not in the repository: a made-up value of the run');
    return [
      { type: 'bind', source: `./${file}`, target: mount.target, read_only: true, bind: { create_host_path: false } },
    ];
  }
  if (!mount.readOnly && !isFile && !mount.target.startsWith('/etc/'))
    return [ownVolume(context, mount, note, 'the folder is not in the repository')];
  const why = `"${repoPath}" is not in the repository: the engine would mount an empty folder`;
  note(mount.source, '', why);
  context.missing.push({ service: service.name, source: mount.source, target: mount.target, repoPath, why });
  return [];
}

function addMounted(context: Context, service: Service, repoPath: string, target: string): void {
  const original = context.tree.files.get(repoPath);
  if (original === undefined) return;
  const file = `files/${repoPath}`;
  const text = context.overlay.get(repoPath);
  const rendered: TreeFile =
    text === undefined
      ? { path: file, mode: original.mode, bytes: original.bytes }
      : { path: file, mode: original.mode, bytes: new TextEncoder().encode(text) };
  context.files.set(file, rendered);
  const shadowed = repoPathOf(service, target) !== repoPath;
  if (original.mode !== '120000' && !shadowed) context.mounted.push({ service: service.name, target, file, repoPath });
}

/** The engine follows a link at the source itself; links inside a mounted folder are the container's matter. */
function followLink(context: Context, path: string): string {
  let now = path.replace(/\/+$/, '');
  for (let hops = 0; hops < 10; hops += 1) {
    const file = context.tree.files.get(now);
    if (file?.mode !== '120000') break;
    now = posix.normalize(posix.join(posix.dirname(now), new TextDecoder().decode(file.bytes)));
  }
  return now === '.' ? '' : now;
}
