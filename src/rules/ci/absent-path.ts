import type { FindingDraft } from '../../model/finding.ts';
import type { CiFile, CiJob, Repository } from '../../model/repository.ts';
import { kindAt } from '../../model/tree.ts';
import { baseOf } from '../../read/paths.ts';
import { textValue, valueAt } from '../../read/values.ts';
import { defineRule } from '../define-rule.ts';
import { isIgnored } from '../support/ignored.ts';
import { commandsOf } from '../support/shell.ts';
import { type Folder, folderAfter, pathFrom } from './folders.ts';

/** Commands that read a file of the repository, with its path; the folder has to be written for the place to be certain. */
const reads =
  /(?:(?:^|[;&|(]\s*|\s)(?:bash|sh|source|\.|python3?|node)\s+(?:-[a-z]+\s+)*|\bchmod\s+[-+\w]+\s+|\bcompose\s+(?:-f|--file)[\s=]|\bpromtool\s+check\s+(?:config|rules)\s+|\bamtool\s+check-config\s+|^\s*(?=\.?\/?[\w.-]+\/))["']?((?:\.\/)?[\w.-]+(?:\/[\w.-]+)+)["']?(?=[\s;&|)]|$)/g;
/** Lines about another machine, another container, or about whether the file is there. */
const elsewhere =
  /\b(?:ssh|scp|rsync|curl|wget|git|echo|printf|kubectl|test)\b|\bdocker\s+(?:run|exec|cp)\b|\[\s|\bif\b|\|\|/;

/** A script that is not where the pipeline looks for it ends the job (https://docs.gitlab.com/ci/yaml/#script). */
export const absentPath = defineRule({
  id: 'ci/absent-path',
  severity: 'warning',
  over: 'ci-job',
  claim: 'Every file of the repository that a job runs or checks is in it.',
  check: (job, { ci, repository }) => {
    if (hasNoFiles(job, ci)) return [];
    const made = madeByJobs(repository);
    if (moves(job, repository)) return afterMoves(job, repository, made);
    const found: FindingDraft[] = [];
    for (const { text, at } of job.script) {
      let start = 0;
      for (const line of text.split('\n')) {
        const offset = start;
        start += line.length + 1;
        if (/^\s*#/.test(line) || elsewhere.test(line)) continue;
        for (const match of line.matchAll(reads)) {
          const written = match[1] ?? '';
          const path = written.replace(/^\.\//, '');
          if (found.some(({ facts }) => facts?.['path'] === path)) continue;
          if (!isAbsent(repository, path) || made.includes(path) || isAskedFor(job, path)) continue;
          const from = offset + match.index + match[0].lastIndexOf(written);
          found.push(draft(job, path, { ...at, span: [from, from + written.length] }));
        }
      }
    }
    return found;
  },
});

/** A file with an ending in a folder that is there; what a plan took away is told by another rule. */
function isAbsent({ tree, removed }: Repository, path: string): boolean {
  const [top = ''] = path.split('/');
  if (path.includes('..') || !/\/[\w-][\w.-]*\.\w+$/.test(path)) return false;
  if (kindAt(tree, top) !== 'folder' || kindAt(tree, path) !== 'absent' || isIgnored(tree, path)) return false;
  return !removed.some((one) => path === one.path || path.startsWith(`${one.path}/`));
}

/** A script that asks whether the file is there (`[ -f … ]`) knows what to do without it. */
function isAskedFor(job: CiJob, path: string): boolean {
  const asks = new RegExp(
    `(?:\\[|\\btest)\\s[^;\\]]*-[defrsx]\\s+["']?(?:\\./)?${path.replace(/[.+]/g, '\\$&')}(?![\\w/])`,
  );
  return job.script.some(({ text }) => asks.test(text));
}

/** A script that goes into folders: each command is judged from the folder it is run in, as far as that is known. */
function afterMoves(job: CiJob, repository: Repository, made: string): FindingDraft[] {
  let folder: Folder;
  const found: FindingDraft[] = [];
  for (const { text, at } of job.script) {
    for (const command of commandsOf(text)) {
      const before = folder;
      folder = folderAfter(
        command.word === 'cd' && folder === undefined ? firstFolder(job, repository) : folder,
        command,
      );
      if (before === undefined || before === '' || elsewhere.test(command.text) || isGuarded(text)) continue;
      const written =
        /^(?:(?:bash|sh|python3?|node|promtool\s+check\s+(?:config|rules)|amtool\s+check-config)\s+|(?=\.\/))([\w./-]+)$/.exec(
          command.text,
        )?.[1];
      const path = written === undefined || written.startsWith('/') ? undefined : pathFrom(before, written);
      if (written === undefined || path === undefined || !isAbsent(repository, path) || made.includes(baseOf(path)))
        continue;
      const from = command.start + command.text.lastIndexOf(written);
      found.push(draft(job, path, { ...at, span: [from, from + written.length] }));
    }
  }
  return found;
}

/** A job begins at the root; where a template or the whole pipeline may have moved before, nobody knows. */
function firstFolder(job: CiJob, repository: Repository): Folder {
  return 'extends' in job.value || commonMoves(repository) ? undefined : '';
}

function isGuarded(text: string): boolean {
  return /\|\||\[\s|\bif\b|\btest\s/.test(text);
}

function commonMoves(repository: Repository): boolean {
  const common = repository.ci.map(({ value }) => [
    valueAt(value, 'before_script'),
    valueAt(value, 'default', 'before_script'),
  ]);
  return movers.test(JSON.stringify(common));
}

const movers = /\b(?:cd|pushd|git\s+clone)\s/;

/** Whether the job, a template of it or the whole pipeline changes folders. */
function moves(job: CiJob, repository: Repository): boolean {
  const parents = [valueAt(job.value, 'extends')].flat().map(String);
  const templates = repository.ci.flatMap((file) => file.jobs).filter(({ name }) => parents.includes(name));
  const texts = [job, ...templates].flatMap(({ script }) => script.map(({ text }) => text));
  return texts.some((text) => movers.test(text)) || commonMoves(repository);
}

/** Whether the job works without the files of the repository. */
function hasNoFiles(job: CiJob, ci: CiFile): boolean {
  return (
    textValue(job.value, 'variables', 'GIT_STRATEGY') === 'none' ||
    textValue(ci.value, 'variables', 'GIT_STRATEGY') === 'none'
  );
}

/** Everything that some job writes down as its result, or writes to, as one text. */
function madeByJobs({ ci }: Repository): string {
  return ci
    .flatMap((file) => file.jobs)
    .flatMap((job) => [
      JSON.stringify(valueAt(job.value, 'artifacts') ?? ''),
      ...job.script.flatMap(({ text }) =>
        text.split('\n').filter((line) => />|\btee\b|\bcp\b|\bmv\b|\btouch\b|\s-o\s|--output/.test(line)),
      ),
    ])
    .join('\n');
}

function draft(job: CiJob, path: string, at: FindingDraft['at']): FindingDraft {
  return {
    at,
    message: `Job "${job.name}" uses "${path}", which is not in the repository, so the job fails there`,
    hint: 'Add the file, or name the one that is meant',
    facts: { job: job.name, path },
  };
}
