import { describe, expect, it } from 'vitest';
import { exampleRun, loadRun, prepareRun } from './run.ts';

describe('a prepared run', () => {
  it('knows the tree before the plan, in this process and in another', async () => {
    const request = { ...(await exampleRun()), boot: false, pull: false, substitutes: 'allow' as const, keep: false };
    const prepared = await prepareRun({ ...request, evidence: '', say: () => undefined });
    try {
      const services = prepared.run.repository.base?.stacks.map((stack) => stack.composeFile);
      expect(services?.length).toBeGreaterThan(0);
      expect(loadRun(prepared.file).repository.base?.stacks.map((stack) => stack.composeFile)).toEqual(services);
    } finally {
      await prepared.stop();
    }
  });
});
