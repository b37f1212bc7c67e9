import type { Waiver } from '../model/finding.ts';
import type { RemovedPath } from '../model/plan.ts';
import type { Rule } from './define-rule.ts';

/** An example of a rule's page: files by path, and the lines where findings are promised. */
export interface Example {
  readonly files: Readonly<Record<string, string>>;
  /** The files before the plan; empty where the example knows no plan. */
  readonly base: Readonly<Record<string, string>>;
  readonly finds: readonly { readonly file: string; readonly line: number }[];
  readonly removed: readonly RemovedPath[];
  readonly waivers: readonly Waiver[];
}

/** A rule's page taken apart. */
export interface Page {
  readonly title: string;
  readonly claim: string;
  readonly why: string;
  readonly fails: Example;
  readonly passes: Example;
}

/**
 * Reads a page: the title, the claim, and under `## Fails` and `## Passes` fenced blocks like
 * `yaml file=prometheus.yml finds=3`. A block `json context` holds what a plan removed and waives, and blocks like
 * `yaml base=prometheus.yml` the files before it.
 */
export function readPage(text: string): Page {
  const [head = '', ...sections] = text.split(/^## /m);
  const section = (name: string): string =>
    sections.find((one) => one.startsWith(`${name}\n`))?.slice(name.length + 1) ?? '';
  const [title = '', ...claim] = head.trim().split('\n');
  return {
    title: title.replace(/^# /, ''),
    claim: claim.join(' ').trim(),
    why: section('Why').trim(),
    fails: exampleOf(section('Fails')),
    passes: exampleOf(section('Passes')),
  };
}

/** The table of all rules for `docs/rules/README.md`. */
export function rulesTable(rules: readonly Rule[]): string {
  const rows = [...rules]
    .sort((a, b) => (a.id < b.id ? -1 : 1))
    .map(({ id, severity, over, claim }) => `| [${id}](../../src/rules/${id}.md) | ${severity} | ${over} | ${claim} |`);
  const head = [
    '# Rules',
    '',
    'Made from the rules by `src/rules/contract.test.ts`; change the rules, not this file.',
    '',
  ];
  return [...head, '| Rule | At most | Looks at each | What holds |', '|---|---|---|---|', ...rows, ''].join('\n');
}

function exampleOf(section: string): Example {
  const files: Record<string, string> = {};
  const base: Record<string, string> = {};
  const finds: { file: string; line: number }[] = [];
  let context: Partial<Pick<Example, 'removed' | 'waivers'>> = {};
  for (const [, info = '', body = ''] of section.matchAll(/^```(.*)\n([\s\S]*?)^```$/gm)) {
    const file = /\bfile=(\S+)/.exec(info)?.[1];
    if (/\bcontext\b/.test(info)) context = JSON.parse(body);
    const before = /\bbase=(\S+)/.exec(info)?.[1];
    if (before !== undefined) base[before] = body;
    if (file === undefined) continue;
    // A zero byte would make the page itself a binary file, and git may take carriage returns out of it.
    files[file] = body.replaceAll('␀', '\0').replaceAll('␍', '\r');
    const lines = /\bfinds=([\d,]+)/.exec(info)?.[1]?.split(',') ?? [];
    finds.push(...lines.map((line) => ({ file, line: Number(line) })));
  }
  return { files, base, finds, removed: context.removed ?? [], waivers: context.waivers ?? [] };
}
