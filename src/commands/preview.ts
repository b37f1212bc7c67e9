import { resolve } from 'node:path';
import { patchOf } from '../plan/patch.ts';
import { treeView } from '../plan/tree-view.ts';
import { type Counted, inventory } from './inventory.ts';
import type { Outcome } from './output.ts';
import { leftOutBy, stepsThat } from './plan-notes.ts';
import { Refusal } from './refusal.ts';
import { readCandidate, readSubject, type Subject } from './subject.ts';

/** What `preview` was asked. */
export interface PreviewOptions {
  readonly repo: string;
  readonly plan: string;
  readonly format: string;
}

/** What the plan would change, written nowhere. */
export async function previewChange(options: PreviewOptions): Promise<Outcome> {
  const subject = await readSubject(resolve(options.repo), options.plan);
  const { base, candidate, preview, loaded } = subject;
  if (preview === undefined || loaded === undefined) throw new Refusal(2, 'preview needs a plan: give --plan FILE');
  if (options.format === 'patch') return { code: 0, text: patchOf(base, candidate) };
  if (options.format === 'json') {
    const { effects, removed, waivers, leftovers } = preview;
    return {
      code: 0,
      text: `${JSON.stringify({ version: 1, plan: loaded.plan.name, counts: counted(subject), effects, removed, waivers, leftovers }, null, 2)}\n`,
    };
  }
  if (options.format !== 'pretty')
    throw new Refusal(2, `no such format: "${options.format}"; use pretty, patch or json`);
  const text = [
    treeView(base, candidate),
    section('What the stacks have, before → after', counted(subject).map(countedText)),
    section('Already done before', stepsThat(preview, 'done before')),
    section('Left out, because it is not there', leftOutBy(preview)),
    section(
      'References that stay and that a person must judge',
      preview.leftovers.map((one) => `${one.file}:${one.line}: ${one.text.trim().slice(0, 160)}`),
    ),
  ];
  return { code: 0, text: text.join('') };
}

function counted(subject: Subject): Counted[] {
  const repository = readCandidate(subject);
  return repository.base === undefined ? [] : inventory(repository.base, repository);
}

function countedText({ kind, before, after, gone, added }: Counted): string {
  const changes = [...gone.map((one) => `- ${one}`), ...added.map((one) => `+ ${one}`)].join(', ');
  return `${kind}: ${before} → ${after}${changes === '' ? '' : ` (${changes})`}`;
}

function section(title: string, lines: readonly string[]): string {
  return lines.length === 0 ? '' : `\n${title}:\n${lines.map((line) => `  ${line}\n`).join('')}`;
}
