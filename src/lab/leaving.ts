const duties = new Set<() => Promise<unknown>>();
let leaving = false;

/**
 * Notes what has to be done when the process is told to end, before what it takes down is started.
 * @returns what takes the duty back.
 * @throws Error when the process has been told already: what is started from then on would outlive it.
 */
export function whenEnded(duty: () => Promise<unknown>): () => void {
  if (leaving) throw new Error('told to end: nothing more is started');
  duties.add(duty);
  return () => {
    duties.delete(duty);
  };
}

/** Does all that was noted; a duty that fails does not keep the others from being done. */
export async function leave(): Promise<void> {
  leaving = true;
  await Promise.allSettled([...duties].map((duty) => duty()));
}
