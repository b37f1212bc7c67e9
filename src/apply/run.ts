import { randomUUID } from 'node:crypto';
import { type Home, homeOf, tidy } from './home.ts';
import { takeLock } from './lock.ts';
import type { Outside } from './outside.ts';

/** Does something as the only run on a repository; says who is at it where there is another. */
export function alone<T>(repo: string, act: (home: Home) => T, outside: Outside): T | { readonly held: string } {
  const home = homeOf(repo, randomUUID(), outside);
  const lock = takeLock(home, outside);
  if ('held' in lock) return lock;
  try {
    const done = act(home);
    leniently(() => tidy(home, outside));
    return done;
  } finally {
    leniently(() => {
      lock.release();
      outside.step('unlock');
    });
  }
}

/** What cannot be removed is removed by the next run: it changes nothing of what was done. */
function leniently(act: () => void): void {
  try {
    act();
  } catch {}
}
