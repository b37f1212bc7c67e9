import { appendFileSync } from 'node:fs';

/** What a waiting says of itself while it lasts: what is waited for, what was last seen, and for how long already. */
export interface Waiting {
  readonly waiting: string;
  readonly seen: string;
  readonly seconds: number;
}

/**
 * Tells whoever watches the run what is being waited for: a line of JSON in the file that `STACKPROOF_PROGRESS` names.
 * Without that variable nobody watches, and nothing is written.
 */
export function tellWaiting(waiting: Waiting): void {
  const file = process.env['STACKPROOF_PROGRESS'];
  if (file === undefined || file === '') return;
  try {
    appendFileSync(file, `${JSON.stringify(waiting)}\n`);
  } catch {
    // The watcher is gone; the wait goes on.
  }
}
