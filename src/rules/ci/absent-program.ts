import type { FindingDraft } from '../../model/finding.ts';
import type { PipelineJob } from '../../model/pipeline.ts';
import { type Tree, textAt } from '../../model/tree.ts';
import { defineRule } from '../define-rule.ts';
import { type Command, commandsOf } from '../support/shell.ts';
import { imageOf, type KnownImage, knownImage, packagesOf, watched } from './images.ts';

const managers =
  /\b(?:apk\s[^\n]*\badd|apt(?:-get)?\s[^\n]*\binstall|pip3?\s+install|npm\s+(?:i|install|ci)|yum|dnf)\b/;
const copies = /\b(?:curl|wget|unzip|tar|ln\s+-s|cp|mv|install)\s/;

/**
 * An image has the programs it was built with and no others: that of Prometheus has no amtool, Alpine has no bash. The script
 * ends at the first one that is missing.
 */
export const absentProgram = defineRule({
  id: 'ci/absent-program',
  severity: 'error',
  over: 'pipeline-job',
  claim: 'Every program that a job runs is in its image or installed before.',
  check: (job, { repository }) => {
    const image = imageOf(job);
    const known = image === undefined ? undefined : knownImage(image);
    if (image === undefined || known === undefined) return [];
    const told = new Set<string>();
    return job.script.flatMap(({ text, at, keyword }) =>
      commandsOf(text).flatMap((command): FindingDraft[] => {
        const program = programOf(command, repository.tree);
        if (program === undefined || told.has(program) || isThere(known, program, job)) return [];
        told.add(program);
        const place = { ...at, span: [command.start, command.start + command.word.length] as const };
        const optional = keyword === 'after_script' || mayFail(text, command);
        return [draft(job, image, program, command, place, optional)];
      }),
    );
  },
});

function draft(
  job: PipelineJob,
  image: string,
  program: string,
  command: Command,
  at: FindingDraft['at'],
  optional: boolean,
): FindingDraft {
  const what = command.word === program ? `runs "${program}"` : `runs "${command.word}", which is for "${program}"`;
  return {
    at,
    ...(optional ? { severity: 'warning' as const } : {}),
    message: `Job "${job.name}" ${what}, and the image "${image}" has none, so ${optional ? 'that command does nothing' : 'the job fails there'}`,
    hint: `Install it first, or use an image that has "${program}"`,
    facts: { job: job.name, image, program },
  };
}

/** The watched program that a command needs: itself, or the one in the first line of a script of the repository. */
function programOf({ word }: Command, tree: Tree): string | undefined {
  if (watched.includes(word)) return word;
  const path = /^\.\/([\w./-]+)$/.exec(word)?.[1];
  const first = path === undefined ? undefined : textAt(tree, path)?.split('\n')[0];
  return first === undefined ? undefined : /^#!\s*(?:\/usr\/bin\/env\s+|\/\S*\/)(bash|python3|node)\b/.exec(first)?.[1];
}

function isThere(known: KnownImage, program: string, job: PipelineJob): boolean {
  if (known.has.includes(program)) return true;
  const names = [program, ...packagesOf(program)];
  const asked = new RegExp(`(?:command\\s+-v|which|type|hash)\\s+${program}\\b|\\bPATH=`);
  return job.script.some(
    ({ text }) =>
      asked.test(text) ||
      text
        .replace(/\\\n/g, ' ')
        .split('\n')
        .some((line) => {
          if (managers.test(line)) return line.includes('$') || names.some((name) => line.includes(name));
          return copies.test(line) && !['curl', 'wget'].includes(program) && line.includes(program);
        }),
  );
}

/** A command whose failure the script expects. */
function mayFail(text: string, command: Command): boolean {
  const end = command.start + command.text.length;
  return (
    /^\s*(?:2>\S+\s*)?\|\|/.test(text.slice(end)) || /^\s*(?:if|while|until)\b/.test(lineBefore(text, command.start))
  );
}

function lineBefore(text: string, at: number): string {
  return text.slice(text.lastIndexOf('\n', at - 1) + 1, at);
}
