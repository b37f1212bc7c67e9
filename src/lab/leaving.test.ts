import { expect, it } from 'vitest';

/** A module of its own: a process is told to end once. */
const fresh = new URL('./leaving.ts?told', import.meta.url).href;

it('does what was noted and not taken back, and lets nothing start afterwards', async () => {
  const { leave, whenEnded }: typeof import('./leaving.ts') = await import(fresh);
  const done: string[] = [];
  const duty = (name: string) => async (): Promise<void> => void done.push(name);
  whenEnded(async () => {
    throw new Error('broken');
  });
  whenEnded(duty('kept'));
  whenEnded(duty('taken back'))();
  await leave();
  expect(done).toEqual(['kept']);
  expect(() => whenEnded(duty('late'))).toThrow('told to end: nothing more is started');
});
