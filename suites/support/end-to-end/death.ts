import { type DeathSubject, killService, type SeenTarget, setTargetDead, startService } from '../../../src/index.ts';
import { lab } from '../run.ts';

/** Something that can die and live again: a container, or the part of a target outside that a stand-in plays. */
export interface Mortal {
  /** The service or the address, by which two jobs of one and the same are told to be so. */
  readonly name: string;
  readonly service?: string;
  readonly die: () => Promise<void>;
  readonly live: () => Promise<void>;
}

/** What has to die for a target of a subject to be down. */
export function mortalOf({ service }: DeathSubject, { url }: SeenTarget): Mortal {
  if (service !== undefined)
    return {
      name: service,
      service,
      die: () => killService(lab(), service),
      live: () => startService(lab(), service),
    };
  const address = new URL(url).host;
  const play = (dead: boolean) => async (): Promise<void> => {
    if (!(await setTargetDead(lab(), address, dead)))
      throw new Error(`nobody in the lab plays the target "${address}"`);
  };
  return { name: address, die: play(true), live: play(false) };
}
