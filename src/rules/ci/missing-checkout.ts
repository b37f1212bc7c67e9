import type { FindingDraft } from '../../model/finding.ts';
import type { PipelineJob } from '../../model/pipeline.ts';
import { kindAt, type Tree } from '../../model/tree.ts';
import { textValue, valueAt } from '../../read/values.ts';
import { defineRule } from '../define-rule.ts';
import { commandsOf } from '../support/shell.ts';
import { needsOf } from './gate-jobs.ts';

/** Commands whose paths lie on another machine, or that only tell of them. */
const elsewhere: ReadonlySet<string> = new Set(['ssh', 'echo', 'printf', 'curl', 'wget', 'git']);

/**
 * With `GIT_STRATEGY: none` or `empty` the runner fetches nothing: the folder holds what an earlier job left there, or nothing
 * (https://docs.gitlab.com/ci/runners/configure_runners/#git-strategy).
 */
export const missingCheckout = defineRule({
  id: 'ci/missing-checkout',
  severity: 'warning',
  over: 'pipeline-job',
  claim: 'A job that needs files of the repository fetches it.',
  check: (job, { pipeline, repository }): FindingDraft[] => {
    const strategy = textValue(job.value, 'variables', 'GIT_STRATEGY');
    if (job.hidden || (strategy !== 'none' && strategy !== 'empty') || fetchesItself(job)) return [];
    const used = isHandedFiles(job, pipeline.jobs) ? undefined : firstPath(repository.tree, job);
    if (used === undefined) return [];
    return [
      {
        at: used.at,
        message: `Job "${job.name}" uses "${used.path}" and fetches nothing of the repository ("GIT_STRATEGY: ${strategy}"), so it works on what an earlier job left, or fails`,
        related: [{ at: job.placeOf('variables', 'GIT_STRATEGY'), note: 'the strategy' }],
        hint: 'Remove "GIT_STRATEGY", or write "fetch"',
        facts: { job: job.name, path: used.path, strategy },
      },
    ];
  },
});

/** Earlier jobs hand files on, unless `dependencies` is empty (https://docs.gitlab.com/ci/yaml/#dependencies). */
function isHandedFiles(job: PipelineJob, jobs: readonly PipelineJob[]): boolean {
  const dependencies = valueAt(job.value, 'dependencies');
  if (Array.isArray(dependencies) && dependencies.length === 0) return false;
  const needs = needsOf(job);
  return jobs.some(
    (one) =>
      (needs === undefined || needs.some((need) => need.job === one.name)) &&
      valueAt(one.value, 'artifacts', 'paths') !== undefined,
  );
}

function fetchesItself({ script }: PipelineJob): boolean {
  return script.some(({ text }) => /\bgit\s+(?:clone|fetch|pull|checkout|init)\b/.test(text));
}

/** The first file or folder of the repository that a command of the runner itself names; a script that moves away is not followed. */
function firstPath(tree: Tree, { script }: PipelineJob): { path: string; at: FindingDraft['at'] } | undefined {
  for (const { text, at } of script) {
    for (const command of commandsOf(text)) {
      if (command.word === 'cd' && /^cd\s+["']?[/~$]/.test(command.text)) return undefined;
      if (elsewhere.has(command.word)) continue;
      for (const match of command.text.matchAll(/(?<=^|[\s"'=])[\w.-]+\/[\w./-]*(?=$|[\s"'])/g)) {
        const path = match[0].replace(/^\.\//, '').replace(/\/$/, '');
        if (kindAt(tree, path) === 'absent') continue;
        const start = command.start + match.index;
        return { path, at: { ...at, span: [start, start + match[0].length] } };
      }
    }
  }
  return undefined;
}
