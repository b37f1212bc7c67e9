import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { rules } from '../rules/registry.ts';
import type { Outcome } from './output.ts';
import { Refusal } from './refusal.ts';
import { packageFolder } from './subject.ts';

/** The page of a rule: claim, why it matters, a failing and a passing example. */
export function explain(id: string): Outcome {
  const rule = rules.find((one) => one.id === id);
  if (rule === undefined) {
    const near = rules
      .map((one) => one.id)
      .filter((known) => known.includes(id.split('/').at(-1) ?? id) || known.startsWith(`${id.split('/')[0]}/`));
    const hint =
      near.length === 0
        ? `there are ${rules.length} rules: ${rules.map((one) => one.id).join(', ')}`
        : `did you mean ${near.join(', ')}?`;
    throw new Refusal(2, `no such rule: "${id}"; ${hint}`);
  }
  const page = join(packageFolder, 'src/rules', `${rule.id}.md`);
  const text = existsSync(page) ? readFileSync(page, 'utf8') : `# ${rule.id}\n\n${rule.claim}\n`;
  return { code: 0, text };
}
