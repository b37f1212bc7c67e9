import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

/** Modules that make calls of their own: the outside itself, what it is made of, and what only tests use. */
const outsiders = ['outside.ts', 'git.ts', 'run-hook.ts', 'testing.ts'];

describe('the room of apply', () => {
  it('touches files and starts programs through its outside alone, so that a test can let every call fail', () => {
    const modules = readdirSync(import.meta.dirname).filter(
      (name) => name.endsWith('.ts') && !name.endsWith('.test.ts') && !outsiders.includes(name),
    );
    expect(modules.length).toBeGreaterThan(15);
    const wrong = modules.filter((name) => {
      const text = readFileSync(join(import.meta.dirname, name), 'utf8');
      const fromFs = /import ([^;]*) from 'node:fs(?:\/promises)?'/.exec(text)?.[1];
      return text.includes("'node:child_process'") || (fromFs !== undefined && fromFs !== '{ constants }');
    });
    expect(wrong).toEqual([]);
  });
});
