import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { CheckResult } from '../model/finding.ts';
import { treeOf } from '../model/tree.ts';
import { readRepository } from '../read/repository.ts';
import { type Example, readPage, rulesTable } from './pages.ts';
import { rules } from './registry.ts';
import { runRules } from './run.ts';

const today = new Date('2026-06-01');
const folder = import.meta.dirname;

function run({ files, base, removed, waivers }: Example, id: string): CheckResult {
  const before = Object.keys(base).length === 0 ? {} : { base: readRepository(treeOf(base)) };
  const repository = readRepository(treeOf(files), { removed, waivers, ...before });
  freeze(repository.stacks);
  freeze(repository.ci);
  const result = runRules(
    repository,
    today,
    rules.filter((rule) => rule.id === id),
  );
  return { ...result, findings: result.findings.filter((finding) => finding.rule === id) };
}

function freeze(value: unknown): void {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return;
  Object.freeze(value);
  for (const held of value instanceof Map ? value.values() : Object.values(value)) freeze(held);
}

describe.each(rules.map((rule) => [rule.id, rule] as const))('the rule %s', (id, rule) => {
  const path = join(folder, `${id}.md`);
  const page = readPage(existsSync(path) ? readFileSync(path, 'utf8') : '');

  it('has an id of a room and a defect, and a claim that is a sentence', () => {
    expect(id).toMatch(/^[a-z]+\/[a-z]+(-[a-z]+)*$/);
    expect(rule.claim).toMatch(/^[A-Z].*\.$/);
  });

  it('has a page with its claim and the reason for it', () => {
    expect(page).toMatchObject({ title: id, claim: rule.claim });
    expect(page.why.length).toBeGreaterThan(40);
  });

  it('finds what its failing example promises, there and nowhere else', () => {
    expect(page.fails.finds.length).toBeGreaterThan(0);
    const { findings, subjects } = run(page.fails, id);
    expect(findings.map(({ file, line }) => `${file}:${line}`)).toEqual(
      page.fails.finds.map(({ file, line }) => `${file}:${line}`),
    );
    expect(subjects[id]).toBeGreaterThan(0);
    expect(findings.map(({ severity }) => severity)).toContain(rule.severity);
  });

  it('speaks in one line, in quotes and without a full stop', () => {
    const { findings } = run(page.fails, id);
    expect(findings.length).toBeGreaterThan(0);
    for (const { message, hint } of findings) {
      expect(message).toMatch(/"/);
      expect(message).not.toMatch(/\n|\.$/);
      expect(hint ?? 'Do').toMatch(/^[A-Z"].*[^.]$/);
    }
    expect(JSON.parse(JSON.stringify(findings))).toEqual(findings);
  });

  it('finds nothing in its passing example, and looks at something', () => {
    expect(Object.keys(page.passes.files).length).toBeGreaterThan(0);
    const { findings, subjects } = run(page.passes, id);
    expect(findings).toEqual([]);
    expect(subjects[id]).toBeGreaterThan(0);
  });
});

describe('the registry', () => {
  it('has each id once', () => {
    const ids = rules.map((rule) => rule.id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('has the rule of every page', () => {
    const pages = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.md'));
    expect(pages.map((path) => path.slice(0, -'.md'.length)).sort()).toEqual(rules.map((rule) => rule.id).sort());
  });

  it('stands in the table of the docs', async () => {
    await expect(rulesTable(rules)).toMatchFileSnapshot('../../docs/rules/README.md');
  });
});
