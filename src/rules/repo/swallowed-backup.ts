import type { FindingDraft } from '../../model/finding.ts';
import type { Repository } from '../../model/repository.ts';
import { defineRule } from '../define-rule.ts';
import { linesOf } from '../support/line-context.ts';
import { backupScripts, endsOnError, type Script, writes } from './scripts.ts';

/** A backup that fails and says it did not is found out on the day it is needed. */
export const swallowedBackup = defineRule({
  id: 'repo/swallowed-backup',
  severity: 'error',
  over: 'repository',
  claim: 'A backup that fails ends with an error.',
  check: (repository: Repository) =>
    backupScripts(repository).flatMap((script) => {
      const told = thrownAway(script);
      return told.length > 0 ? told : unended(script);
    }),
});

function thrownAway({ file, code }: Script): FindingDraft[] {
  return linesOf(code.replace(/\\\n/g, '  ')).flatMap((line): FindingDraft[] => {
    const end = /\|\|\s*(?:(?:true|:)(?=$|[\s;)])|echo\b(?!.*\b(?:exit|return)\s+[1-9]))/.exec(line.text);
    const command = end === null ? null : writes.exec(line.text.slice(0, end.index));
    if (end === null || command === null) return [];
    return [
      {
        at: { file, span: [line.start + end.index, line.start + end.index + end[0].length] },
        message: `The failure of "${command[0].trim()}" in "${file}" is thrown away, so a backup that is not there counts as one`,
        hint: 'Let the failure end the script',
        facts: { command: command[0].trim() },
      },
    ];
  });
}

function unended(script: Script): FindingDraft[] {
  const first = writes.exec(script.code);
  if (first === null || endsOnError(script) || /\|\|\s*(?:exit|return|die|fail|\{)|\bif\s+!|&&|\$\?/.test(script.code))
    return [];
  return [
    {
      at: { file: script.file, span: [first.index, first.index + first[0].length] },
      severity: 'warning',
      message: `The script "${script.file}" goes on after a failed "${first[0].trim()}", so its last command decides whether there is a backup`,
      hint: 'Begin it with "set -eu"',
      facts: { command: first[0].trim() },
    },
  ];
}
