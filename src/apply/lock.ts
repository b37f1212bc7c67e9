import { join } from 'node:path';
import { messageOf } from '../model/message.ts';
import { isGone, ownerOf } from '../model/owner.ts';
import { appears, type Home } from './home.ts';
import { codeOf, type Outside } from './outside.ts';

/** Who holds a lock. `run` is unlike any other run's, `owner` says whether the process still lives. */
interface Holder {
  readonly run: string;
  readonly owner: string;
  readonly since: string;
}

/** The lock is held by somebody else, and in words by whom. */
export interface Held {
  readonly held: string;
}

/** A lock that is ours, until `release`. */
export interface Lock {
  readonly release: () => void;
}

/**
 * Takes the one lock of a repository. A lock is a file that appears whole, by a hard link, or not at all. That of a
 * process that has ended is taken over: whoever holds the lock named after the dead run may replace the dead run's lock,
 * and nobody else can. So it never has two holders, whoever is killed where. Apply and rollback wait for nothing else in
 * their process, so a lock of the same owner is one that could not be removed.
 */
export function takeLock(home: Home, outside: Outside, owner = ownerOf()): Lock | Held {
  const got = take(home, 'lock', owner, outside);
  if ('release' in got) outside.step('lock');
  return got;
}

function take(home: Home, name: string, owner: string, outside: Outside): Lock | Held {
  const { files } = outside;
  const file = join(home.folder, name);
  const fresh = join(home.folder, `${name}.${home.run}.new`);
  const mine: Holder = { run: home.run, owner, since: new Date().toISOString() };
  files.writeFileSync(fresh, JSON.stringify(mine));
  const release = (): void => files.rmSync(file, { force: true });
  try {
    for (let look = 0; look < 5; look += 1) {
      if (appears(fresh, file, outside)) return { release };
      const holder = holderOf(file, outside);
      if (holder === undefined) continue;
      if ('held' in holder) return holder;
      if (holder.owner !== owner && !isGone(holder.owner)) return { held: held(holder, file) };
      const right = take(home, `lock-after-${holder.run}`, owner, outside);
      if ('held' in right) return right;
      try {
        const now = holderOf(file, outside);
        if (now === undefined || 'held' in now || now.run !== holder.run) continue;
        files.renameSync(fresh, file);
        return { release };
      } finally {
        right.release();
      }
    }
    return { held: `the lock "${file}" changes hands again and again: run again` };
  } finally {
    files.rmSync(fresh, { force: true });
  }
}

function holderOf(file: string, { files }: Outside): Holder | Held | undefined {
  try {
    const holder: Holder = JSON.parse(files.readFileSync(file, 'utf8'));
    return holder;
  } catch (problem) {
    if (codeOf(problem) === 'ENOENT') return undefined;
    return { held: `the lock "${file}" cannot be read (${messageOf(problem)}): remove it if no stackproof runs here` };
  }
}

function held({ owner, since }: Holder, file: string): string {
  const [host, pid] = owner.split('/');
  return `another stackproof changes this repository (process ${pid} on ${host}, since ${since}): run again when it has ended; if it is gone, remove "${file}"`;
}
