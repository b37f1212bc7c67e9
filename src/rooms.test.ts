import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const src = resolve(import.meta.dirname);

/** Which rooms a room may import. The door, the command line and the commands see everything. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  model: [],
  query: ['model'],
  schema: ['model', 'query'],
  catalog: ['model'],
  'rule-tests': ['model', 'query', 'catalog'],
  read: ['model', 'schema', 'query'],
  rules: ['model', 'schema', 'query', 'catalog', 'read'],
  lab: ['model'],
  plan: ['model', 'schema'],
  gate: ['model', 'query'],
  apply: ['model', 'plan', 'gate'],
  report: ['model'],
  snapshot: ['model'],
};

interface Import {
  readonly from: string;
  readonly to: string;
}

function importsBelow(folder: string): Import[] {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
    (file) => file.endsWith('.ts') && !file.endsWith('.test.ts'),
  );
  return files.flatMap((file) => {
    const path = join(folder, file);
    const text = readFileSync(path, 'utf8');
    const targets = [...text.matchAll(/(?:from|import)\s*\(?\s*'(\.[^']+)'/g)].map((match) => match[1] ?? '');
    return targets.map((target) => ({ from: relative(src, path), to: relative(src, resolve(dirname(path), target)) }));
  });
}

describe('rooms', () => {
  it('import only what the design allows them', () => {
    const imports = importsBelow(src);
    expect(imports.length).toBeGreaterThan(50);
    const wrong = imports.filter(({ from, to }) => {
      const room = from.split('/')[0] ?? '';
      const target = to.split('/')[0] ?? '';
      const rooms = allowed[room];
      return rooms !== undefined && target !== room && !rooms.includes(target);
    });
    expect(wrong).toEqual([]);
  });

  it('are seen by the suites through the one door', () => {
    const imports = importsBelow(resolve(src, '../suites'));
    expect(imports.length).toBeGreaterThan(5);
    const wrong = imports.filter(({ to }) => !to.startsWith('../suites/') && to !== 'index.ts');
    expect(wrong).toEqual([]);
  });
});
