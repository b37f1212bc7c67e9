import type { FindingDraft } from '../../model/finding.ts';
import type { PipelineJob } from '../../model/pipeline.ts';
import { defineRule } from '../define-rule.ts';
import { isDeployment } from './deployments.ts';

const heredoc = /\bssh\b([^\n]*)<<-?\s*(["']?)([A-Za-z_]\w*)\2[^\n]*\n([\s\S]*?)\n\s*\3(?=\n|$)/g;
const dear =
  /(?:^|[\s;/])(?:\S*backup\S*\.sh\b|pg_dump|tar\s+-?\w*c|docker(?:-|\s+)compose\s[^\n]*(?:pull|build|config)\b|promtool\b|amtool\b)/;

/**
 * The runner ends a job at the first command that fails; a shell on the other side of ssh does not, unless it is told to, and
 * answers with its last command (https://pubs.opengroup.org/onlinepubs/9699919799/utilities/V3_chap02.html#set).
 */
export const remoteFailure = defineRule({
  id: 'ci/remote-failure',
  severity: 'warning',
  over: 'pipeline-job',
  claim: 'Commands that a deployment runs on another machine end at the first failure.',
  check: (job) => (isDeployment(job) ? job.script.flatMap(({ text, at }) => found(job, text, at)) : []),
});

function found(job: PipelineJob, text: string, at: FindingDraft['at']): FindingDraft[] {
  return [...text.matchAll(heredoc)].flatMap((match): FindingDraft[] => {
    const [, options = '', , , body = ''] = match;
    if (
      /\s-\w*e\w*\b(?!\s*ssh)/.test(options.replace(/\s-[io]\s+\S+/g, '')) ||
      /^\s*set\s+-\w*e|^\s*set\s+-o\s+errexit/m.test(body)
    )
      return [];
    const lines = body.split('\n').filter((line) => !/^\s*(?:#|$)/.test(line));
    const index = lines.findIndex((line) => dear.test(line) && !/\|\||&&/.test(line));
    const starts = lines.slice(index + 1).some((line) => /\bcompose\b[^\n]*\s(?:up|restart|down)\b/.test(line));
    if (index === -1 || !starts) return [];
    const command = (lines[index] ?? '').trim();
    const start = match.index + match[0].indexOf(command);
    return [
      {
        at: { ...at, span: [start, start + command.length] },
        message: `Job "${job.name}" runs "${short(command)}" by ssh without "set -e", so the containers are started anew even where it fails`,
        hint: 'Begin the commands with "set -eu", or hand them to "bash -eu -s"',
        facts: { job: job.name },
      },
    ];
  });
}

function short(command: string): string {
  const plain = command.replace(/"/g, "'");
  return plain.length > 60 ? `${plain.slice(0, 57)}...` : plain;
}
