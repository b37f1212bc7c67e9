import type { FindingDraft } from '../../model/finding.ts';
import type { Pipeline, PipelineJob } from '../../model/pipeline.ts';
import { mappingAt, valueAt } from '../../read/values.ts';
import { defineRule } from '../define-rule.ts';
import { misspelt } from '../support/misspelt.ts';

const used = /(?<![\\$])\$(?:([A-Z][A-Z0-9_]{3,})\b|\{([A-Z][A-Z0-9_]{3,})\})/g;

/**
 * A variable of a job is that job's alone, and what a script exports ends with it
 * (https://docs.gitlab.com/ci/variables/#define-a-cicd-variable-in-the-gitlab-ciyml-file). Every other name may be set in
 * GitLab, so only one that another job sets, or that is nearly one that is set, is told.
 */
export const unsetVariable = defineRule({
  id: 'ci/unset-variable',
  severity: 'warning',
  over: 'pipeline-job',
  claim: 'Every variable that a job takes from the pipeline is set for that job.',
  check: (job, { pipeline }) => {
    if (job.hidden || handsVariablesOn(pipeline)) return [];
    const own = new Set([...pipeline.variables, ...Object.keys(mappingAt(job.value, 'variables')), ...matrixOf(job)]);
    const text = job.script.map((line) => line.text).join('\n');
    const told = new Set<string>();
    return job.script.flatMap(({ text: line, at }) =>
      [...line.matchAll(used)].flatMap((match): FindingDraft[] => {
        const name = match[1] ?? match[2] ?? '';
        if (told.has(name) || own.has(name) || /^(?:CI|GITLAB|FF|DOCKER)_/.test(name) || isMade(text, name)) return [];
        const why = whyUnset(pipeline, job, name, own);
        if (why === undefined) return [];
        told.add(name);
        return [
          {
            at: { ...at, span: [match.index, match.index + match[0].length] },
            message: `Job "${job.name}" uses the variable "${name}", ${why.what}, so it is empty unless it is set in GitLab`,
            hint: why.hint,
            facts: { job: job.name, variable: name },
          },
        ];
      }),
    );
  },
});

function whyUnset(
  { jobs }: Pipeline,
  job: PipelineJob,
  name: string,
  own: ReadonlySet<string>,
): { readonly what: string; readonly hint: string } | undefined {
  const meant = misspelt(name, own);
  if (meant !== undefined && name.length > 5) return { what: `and "${meant}" is set`, hint: `Write "${meant}"` };
  const other = jobs.find((one) => one !== job && !one.hidden && name in mappingAt(one.value, 'variables'));
  if (other === undefined) return undefined;
  return { what: `which only job "${other.name}" sets`, hint: 'Set it for both jobs, or for the whole pipeline' };
}

/** Whether the script sets it itself, or reads a file that may. */
function isMade(text: string, name: string): boolean {
  return (
    new RegExp(`(?:^|[\\s;&|("'])${name}=|\\b(?:read|for|export|local)\\s[^\\n;]*\\b${name}\\b`).test(text) ||
    /(?:^|[\s;&|])(?:source|\.)\s+\S/.test(text) ||
    /<<-?\s*["']\w+["']/.test(text)
  );
}

function matrixOf(job: PipelineJob): string[] {
  const matrix = valueAt(job.value, 'parallel', 'matrix');
  return Array.isArray(matrix) ? matrix.flatMap((one: unknown) => Object.keys(mappingAt(one))) : [];
}

/** A job may give variables to later ones by a dotenv report. */
function handsVariablesOn({ jobs, open }: Pipeline): boolean {
  return open || jobs.some(({ value }) => valueAt(value, 'artifacts', 'reports', 'dotenv') !== undefined);
}
