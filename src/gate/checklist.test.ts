import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { example, packageFolder, readCandidate, readSubject } from '../commands/subject.ts';
import { requiredClaims } from './required.ts';

const page = readFileSync(join(packageFolder, 'docs/consolidation.md'), 'utf8');
const table = /\| After the migration [^\n]*\n\|[-|]+\n((?:\|[^\n]*\n)+)/.exec(page)?.[1] ?? '';
const items = table
  .trim()
  .split('\n')
  .map((line): [string, string[]] => {
    const [, item = '', claims = ''] = line.split('|');
    return [item.trim(), [...claims.matchAll(/`([a-z-]+: [^`]*)`/g)].map(([, claim]) => claim ?? '')];
  });

describe('the checklist after the migration', async () => {
  const subject = await readSubject(resolve(example.repository), example.plan);
  const repository = readCandidate(subject, { stack: 'ops/stack/docker-compose.yml' });
  const [stack] = repository.stacks;
  const required = stack === undefined ? [] : requiredClaims(repository, stack).map((claim) => claim.id);

  it('has the seven items of the plan', () => {
    expect(items).toHaveLength(7);
  });

  it.for(items)('is required by the gate: %s', ([, claims], { expect }) => {
    expect(required.length).toBeGreaterThan(20);
    for (const claim of claims) {
      const source = claim.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.+');
      expect(
        required.filter((id) => new RegExp(`^${source}$`).test(id)),
        claim,
      ).not.toEqual([]);
    }
  });

  it('asks each service for its limits', () => {
    const services = stack?.services.map((service) => `boot: ${service.name} limits and security`) ?? [];
    expect(services).toHaveLength(7);
    expect(required).toEqual(expect.arrayContaining(services));
  });
});
