const duties = new Set<() => Promise<unknown>>();

/** Notes what has to be done when the process is told to end. @returns what takes the duty back. */
export function whenEnded(duty: () => Promise<unknown>): () => void {
  duties.add(duty);
  return () => {
    duties.delete(duty);
  };
}

/** Does all that was noted; a duty that fails does not keep the others from being done. */
export async function leave(): Promise<void> {
  await Promise.allSettled([...duties].map((duty) => duty()));
}
