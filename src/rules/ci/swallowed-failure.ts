import type { FindingDraft } from '../../model/finding.ts';
import type { CiJob } from '../../model/repository.ts';
import { defineRule } from '../define-rule.ts';
import { proofs } from './gate-jobs.ts';

const scripts = /(?:^|[\s"'])((?:\S*\/)?(?:backup|validate)[\w.-]*\.sh)\b/;
const swallowed = /\|\|\s*(?:(?:true|:|exit\s+0|return\s+0)(?=$|[\s"';)&])|echo\b(?!.*\bexit\s+[1-9]))/;

/** A check or a backup whose failure is thrown away says nothing, and what comes after it goes on. */
export const swallowedFailure = defineRule({
  id: 'ci/swallowed-failure',
  severity: 'error',
  over: 'ci-job',
  claim: 'No job throws away the failure of a check or a backup.',
  check: (job) => [...switchedOff(job), ...thrownAway(job)],
});

function thrownAway(job: CiJob): FindingDraft[] {
  return job.script.flatMap(({ text, at }) => {
    let start = 0;
    return text.split('\n').flatMap((line): FindingDraft[] => {
      const offset = start;
      start += line.length + 1;
      const found = swallowedIn(line);
      if (found === undefined) return [];
      const place = { ...at, span: [offset + found.from, offset + found.to] as const };
      return [draft(job, found, place)];
    });
  });
}

/** A check behind `set +e`, whose answer nothing asks for: the job ends as its last command does. */
function switchedOff(job: CiJob): FindingDraft[] {
  const whole = job.script.map(({ text }) => text).join('\n');
  const off = /(?:^|\n|[;&]\s*)\s*set\s+\+e\b/.exec(whole);
  if (off === null) return [];
  const after = whole.slice(off.index + off[0].length);
  const check = proofs.map((proof) => proof.exec(after)).find((found) => found !== null);
  if (check === undefined || check === null || /\bset\s+-\w*e/.test(after.slice(0, check.index))) return [];
  const rest = after.slice(check.index).split('\n').slice(1).join('\n');
  // The last command of a job is its answer; and what is asked for is not lost.
  if (rest.trim() === '' || /\$\?|\bexit\b/.test(after.slice(check.index))) return [];
  const at = job.script.find(({ text }) => /\bset\s+\+e\b/.test(text))?.at ?? job.at;
  const command = check[0];
  return [
    {
      at,
      message: `Job "${job.name}" switches errors off before "${command}" and does not ask for its answer, so it goes on as if that had worked`,
      hint: 'Remove "set +e", or end the job by the answer of the check',
      facts: { job: job.name, command },
    },
  ];
}

function draft(job: CiJob, found: Swallowed, at: FindingDraft['at']): FindingDraft {
  const certain = found.proof || 'environment' in job.value;
  return {
    at,
    ...(certain ? {} : { severity: 'warning' as const }),
    message: `Job "${job.name}" throws away the failure of "${found.command}", so it goes on as if that had worked`,
    hint: 'Let the failure end the job',
    facts: { job: job.name, command: found.command },
  };
}

interface Swallowed {
  readonly command: string;
  readonly proof: boolean;
  readonly from: number;
  readonly to: number;
}

/** The command of a line whose failure goes nowhere; commands of a list are parted at `;` and `|| exit`. */
function swallowedIn(line: string): Swallowed | undefined {
  if (/^\s*#/.test(line)) return undefined;
  const end = swallowed.exec(line);
  if (end === null) return undefined;
  const part = line.slice(0, end.index);
  const before = part.slice(part.lastIndexOf(';') + 1);
  const proof = proofs.map((one) => one.exec(before)?.[0]).find((text) => text !== undefined);
  const command = proof ?? scripts.exec(before)?.[1];
  if (command === undefined) return undefined;
  return { command, proof: proof !== undefined, from: end.index, to: end.index + end[0].length };
}
