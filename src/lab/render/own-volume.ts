import type { Mount, Service } from '../../model/stack.ts';
import type { Context } from './context.ts';

/** A volume entry of the rendered compose file, in the long syntax. */
export type VolumeEntry = Readonly<Record<string, unknown>>;

/** Notes that a mount is different in the copy. */
export type Note = (from: string, to: string, why: string) => void;

/** The note for one mount of a service. */
export function noteFor(context: Context, service: Service, mount: Mount): Note {
  const what = `services.${service.name}.volumes ${mount.target}`;
  return (from, to, why) => {
    context.differences.push({ file: mount.at.file, what, from, to, why });
  };
}

/** An empty volume of the lab where the compose file mounts a folder of the host. */
export function ownVolume(
  context: Context,
  mount: Mount,
  note: Note,
  why: string,
): VolumeEntry & { readonly source: string } {
  const name = `bind-${
    mount.source
      .replace(/[^a-zA-Z0-9]+/g, '-')
      .replace(/^-+|-+$/g, '')
      .toLowerCase() || 'root'
  }`;
  context.extraVolumes.add(name);
  note(mount.source, `volume ${name}`, `${why}: an empty volume of the lab takes its place`);
  return { type: 'volume', source: name, target: mount.target, ...(mount.readOnly ? { read_only: true } : {}) };
}
