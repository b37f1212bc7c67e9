import { join } from 'node:path';
import type { LabAddress } from '../../model/lab.ts';
import type { Stack } from '../../model/stack.ts';

/** A thing that has one name in the user's engine and another in the lab. */
export interface Renamed {
  readonly theirs: readonly string[];
  readonly lab: string;
}

/** What a script of the user may speak of, under the user's names, and what stands for it in the lab. */
export interface World {
  /** The compose project as the user's engine knows it, and the lab's. */
  readonly project: Renamed;
  readonly services: readonly string[];
  readonly containers: readonly Renamed[];
  /** The ids of those containers now, in full. */
  readonly ids: readonly string[];
  readonly volumes: readonly Renamed[];
  /** Image references and ids that may be run, with the image that is at hand for each. */
  readonly images: Readonly<Record<string, string>>;
  /** What plays the small images that scripts run `tar` in, where they are not at hand. */
  readonly toolImage: string;
  /** The lab's rendered compose file. */
  readonly composeFile: string;
  /** The stack's compose file as the script sees it. */
  readonly seenComposeFile: string;
  /** Folders of the script's machine that containers may mount: the engine's folder or volume for each. */
  readonly folders: readonly { readonly seen: string; readonly engine: string }[];
  readonly labels: Readonly<Record<string, string>>;
}

/** The lab of a stack as a script sees it that lies in a copy of the repository at `root`. */
export function worldOf(
  lab: LabAddress,
  stack: Stack,
  places: Pick<World, 'folders' | 'labels'> & { readonly root: string; readonly toolImage: string },
): World {
  const running = stack.services.filter((service) => lab.services[service.name] !== undefined);
  return {
    project: { theirs: [stack.project], lab: lab.project },
    services: running.map((service) => service.name),
    containers: running.map((service) => ({
      theirs: [service.containerName?.value ?? `${stack.project}-${service.name}-1`],
      lab: `${lab.project}-${service.name}-1`,
    })),
    ids: [],
    volumes: stack.volumes.map((volume) => ({ theirs: [volume.engineName], lab: `${lab.project}_${volume.name}` })),
    images: Object.fromEntries(
      lab.images.flatMap((image) => [
        [image.pinned, image.image],
        [image.image, image.image],
        [image.id, image.id],
      ]),
    ),
    toolImage: places.toolImage,
    composeFile: join(lab.folder, lab.composeFile),
    seenComposeFile: `${places.root}/${stack.composeFile}`,
    folders: places.folders,
    labels: places.labels,
  };
}

/** The lab's name for one of the user's, or for one of its own; undefined where there is none. */
export function labNameOf(things: readonly Renamed[], name: string): string | undefined {
  return things.find((one) => one.lab === name || one.theirs.includes(name))?.lab;
}

/** A text of the engine in the user's names. */
export function inTheirNames(world: World, text: string): string {
  const names = [...world.containers, ...world.volumes, world.project];
  return names.reduce((now, { theirs: [name = ''], lab }) => now.replaceAll(lab, name), text);
}

/** What becomes of a `docker` command of a script. */
export type Judgement =
  | {
      /** The command to run in its place. */
      readonly run: readonly string[];
      /** Its output is about names: the user's are put in place of the lab's. */
      readonly informs?: true;
      /** It carries the content of a volume. */
      readonly copies?: true;
      /** It writes to the folder of archives itself. */
      readonly writes?: true;
      /** Volumes the engine would make, since nobody has one of that name. */
      readonly makes?: readonly string[];
      /** What the lab does otherwise than the user's engine. */
      readonly note?: string;
    }
  /** `truly`: the user's engine would say the same. */
  | { readonly refused: string; readonly truly?: true };

/** Where the engine finds a folder that the script names; undefined for all but those it may use. */
export function engineFolder({ folders }: World, path: string): string | undefined {
  const clean = path.replace(/(?<=.)\/+$/, '');
  for (const { seen, engine } of folders) {
    if (clean === seen) return engine;
    if (clean.startsWith(`${seen}/`) && engine.startsWith('/') && !clean.split('/').includes('..'))
      return `${engine}${clean.slice(seen.length)}`;
  }
  return undefined;
}
