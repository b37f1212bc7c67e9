import type { FindingDraft } from '../../model/finding.ts';
import type { PipelineJob } from '../../model/pipeline.ts';
import { type Tree, textAt } from '../../model/tree.ts';
import { baseOf, folderOf } from '../../read/paths.ts';
import { textValue, valueAt } from '../../read/values.ts';
import { defineRule } from '../define-rule.ts';

/** Programs that write a report only where they are told to, and how they are told. */
const silent: readonly {
  readonly program: RegExp;
  readonly told: RegExp;
  readonly files: RegExp;
  readonly option: string;
}[] = [
  {
    program: /(?:^|[\s;&|])(?:python3?\s+-m\s+)?pytest\b/,
    told: /junit/i,
    files: /(?:^|\/)(?:pytest\.ini|pyproject\.toml|setup\.cfg|tox\.ini|conftest\.py)$/,
    option: '--junitxml',
  },
  {
    program: /(?:^|[\s;&|])go\s+test\b/,
    told: /go-junit-report|gotestsum|junit/,
    files: /(?:^|\/)Makefile$/,
    option: 'go-junit-report',
  },
];
/** Programs that are known to write this report by themselves. */
const known: readonly { readonly program: RegExp; readonly report: string }[] = [
  { program: /\bstackproof(?:@\S+)?\s+verify\b/, report: 'reports/junit.xml' },
];

/**
 * GitLab takes a report that is not there for an empty one: the job passes and nobody sees a test
 * (https://docs.gitlab.com/ci/yaml/artifacts_reports/#artifactsreportsjunit).
 */
export const unwrittenReport = defineRule({
  id: 'ci/unwritten-report',
  severity: 'warning',
  over: 'pipeline-job',
  claim: 'Every test report that a job hands over is written by its script.',
  check: (job, { repository }) =>
    reportsOf(job).flatMap(({ path, route }): FindingDraft[] => {
      const follows = judged(repository.tree, job, path);
      if (follows === undefined) return [];
      return [
        {
          at: job.placeOf(...route),
          severity: follows.certain ? 'warning' : 'info',
          message: `Job "${job.name}" hands over the report "${path}", and ${follows.text}`,
          hint: follows.hint,
          facts: { job: job.name, report: path },
        },
      ];
    }),
});

function judged(
  tree: Tree,
  job: PipelineJob,
  path: string,
): { readonly text: string; readonly hint: string; readonly certain: boolean } | undefined {
  const script = job.script.map(({ text }) => text).join('\n');
  if (script.includes(baseOf(path)) || (folderOf(path) !== '' && script.includes(folderOf(path)))) return undefined;
  const own = known.find(({ program }) => program.test(script));
  if (own !== undefined) {
    if (own.report === path || path.includes('*') || /--reports\b/.test(script)) return undefined;
    const text = `what it runs writes "${own.report}", so GitLab shows no tests`;
    return { text, hint: `Write "${own.report}"`, certain: true };
  }
  for (const { program, told, files, option } of silent) {
    if (!program.test(script) || told.test(script)) continue;
    const configured = [...tree.files.keys()].some((file) => files.test(file) && told.test(textAt(tree, file) ?? ''));
    if (configured) return undefined;
    return {
      text: 'nothing in its script writes one, so GitLab shows no tests',
      hint: `Add "${option}"`,
      certain: true,
    };
  }
  // Most test programs have a configuration of their own that may name it.
  return undefined;
}

function reportsOf(job: PipelineJob): { path: string; route: readonly (string | number)[] }[] {
  const junit = valueAt(job.value, 'artifacts', 'reports', 'junit');
  const route = ['artifacts', 'reports', 'junit'];
  const single = textValue(junit);
  if (single !== undefined) return single.includes('$') ? [] : [{ path: single, route }];
  return (Array.isArray(junit) ? junit : []).flatMap((item: unknown, index) => {
    const path = textValue(item);
    return path === undefined || path.includes('$') ? [] : [{ path, route: [...route, index] }];
  });
}
