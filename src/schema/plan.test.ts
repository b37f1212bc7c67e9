import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '../..');
const file = join(root, 'src/schema/plan.schema.json');
const schema: Schema = JSON.parse(readFileSync(file, 'utf8'));

interface Schema {
  readonly description?: string;
  readonly $ref?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly oneOf?: readonly Schema[];
  readonly $defs?: Readonly<Record<string, Schema>>;
}

function keysOf(part: Schema, path: string): [string, Schema][] {
  const own = Object.entries(part.properties ?? {}).flatMap(([name, value]): [string, Schema][] => [
    [`${path}.${name}`, value],
    ...keysOf(value, `${path}.${name}`),
  ]);
  return [...own, ...(part.oneOf ?? []).flatMap((one, index) => keysOf(one, `${path}|${index}`))];
}

describe('the schema of plans', () => {
  const keys = [
    ...keysOf(schema, 'plan'),
    ...Object.entries(schema.$defs ?? {}).flatMap(([name, part]) => keysOf(part, name)),
  ];

  it('describes every key', () => {
    expect(keys.length).toBeGreaterThan(40);
    const described = ({ description, $ref }: Schema): boolean =>
      (description ?? schema.$defs?.[$ref?.replace('#/$defs/', '') ?? '']?.description ?? '').length > 5;
    expect(keys.filter(([, part]) => !described(part)).map(([path]) => path)).toEqual([]);
  });

  it('is named by every plan of this project, and by the package', () => {
    for (const name of readdirSync(join(root, 'plans'))) {
      const plan = join(root, 'plans', name, 'plan.yaml');
      const [, path = ''] = /^# yaml-language-server: \$schema=(\S+)\n/.exec(readFileSync(plan, 'utf8')) ?? [];
      expect(resolve(dirname(plan), path), name).toBe(file);
    }
    const manifest: { exports: Record<string, string> } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
    expect(existsSync(join(root, manifest.exports['./plan.schema.json'] ?? 'nowhere'))).toBe(true);
  });
});
