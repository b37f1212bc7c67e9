import type { FindingDraft } from '../../model/finding.ts';
import type { PipelineJob, ScriptLine } from '../../model/pipeline.ts';
import type { Tree } from '../../model/tree.ts';
import { baseOf } from '../../read/paths.ts';
import { defineRule } from '../define-rule.ts';
import { commandsOf } from '../support/shell.ts';
import { type Folder, folderAfter, pathFrom } from './folders.ts';

/**
 * git keeps one bit of a file's mode, and the runner checks the file out with it: a script without it is refused
 * (https://git-scm.com/docs/git-update-index#Documentation/git-update-index.txt---chmod-x).
 */
export const unexecutableScript = defineRule({
  id: 'ci/unexecutable-script',
  severity: 'error',
  over: 'pipeline-job',
  claim: 'Every script that a job runs by its path may be executed.',
  check: (job, { repository }) => {
    if (job.script.some(({ text }) => /\bchmod\s+-R\b/.test(text))) return [];
    let folder: Folder = '';
    return job.script.flatMap((line) => {
      const found = commandsOf(line.text).flatMap((command): FindingDraft[] => {
        const path = /^\.{0,2}[\w.-]*\//.test(command.word) ? pathFrom(folder, command.word) : undefined;
        folder = folderAfter(folder, command);
        if (path === undefined || !isPlain(repository.tree, path) || isMadeSo(job, path)) return [];
        return [draft(job, path, { ...line.at, span: [command.start, command.start + command.word.length] })];
      });
      return [...found, ...remote(repository.tree, job, line)];
    });
  },
});

/** Scripts that another shell runs there, after they were copied with their modes: one of that ending has to be ours. */
function remote(tree: Tree, job: PipelineJob, { text, at }: ScriptLine): FindingDraft[] {
  if (!/\bssh\b/.test(text)) return [];
  return [...text.matchAll(/(?<=["'\s;&])\.\/([\w-]+\/[\w./-]*\.sh)\b/g)].flatMap((match): FindingDraft[] => {
    const [word, path = ''] = match;
    const meant = [...tree.files.keys()].filter((one) => one.endsWith(`/${path}`));
    if (meant.length === 0 || !meant.every((one) => isPlain(tree, one)) || isMadeSo(job, path)) return [];
    const place = { ...at, span: [match.index, match.index + word.length] as const };
    return [{ ...draft(job, meant[0] ?? path, place), severity: 'warning' }];
  });
}

function draft(job: PipelineJob, path: string, at: FindingDraft['at']): FindingDraft {
  return {
    at,
    message: `Job "${job.name}" runs "${path}", which is not executable in git, so the shell refuses it`,
    related: [{ at: { file: path }, note: 'its mode is 100644' }],
    hint: `Run "git update-index --chmod=+x ${path}", or call it with its shell`,
    facts: { job: job.name, path },
  };
}

function isPlain(tree: Tree, path: string): boolean {
  return tree.files.get(path)?.mode === '100644';
}

function isMadeSo(job: PipelineJob, path: string): boolean {
  return job.script.some(({ text }) =>
    text
      .split('\n')
      .some((line) => /\bchmod\b|\binstall\s+-m/.test(line) && (line.includes(baseOf(path)) || /\*/.test(line))),
  );
}
