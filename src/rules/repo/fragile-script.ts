import type { FindingDraft } from '../../model/finding.ts';
import { baseOf } from '../../read/paths.ts';
import { defineRule } from '../define-rule.ts';
import { endsOnError, type Script, shellScripts } from './scripts.ts';

/**
 * A carriage return behind the name of the shell is a part of it to the kernel, which finds no such program
 * (https://man7.org/linux/man-pages/man2/execve.2.html).
 */
export const fragileScript = defineRule({
  id: 'repo/fragile-script',
  severity: 'error',
  over: 'repository',
  claim: 'Every shell script of a stack has lines its shell can read, and one that deploys ends at the first failure.',
  check: (repository) =>
    shellScripts(repository).flatMap((script) => [
      ...carriageReturns(script),
      ...shellless(script, repository.tree.files.get(script.file)?.mode === '100755'),
      ...unended(script),
    ]),
});

function carriageReturns({ file, text }: Script): FindingDraft[] {
  const at = text.indexOf('\r\n');
  if (at === -1) return [];
  const first = text.startsWith('#!') && at < text.indexOf('\n');
  return [
    {
      at: { file, span: [first ? 0 : at, at + 1] },
      message: `The lines of "${file}" end in carriage returns, so ${first ? 'there is no shell of the name in its first line' : 'every command has one behind its last word'}`,
      hint: 'Write it with line feeds alone, and "*.sh text eol=lf" in .gitattributes',
      facts: { file },
    },
  ];
}

function shellless({ file, text }: Script, executable: boolean): FindingDraft[] {
  if (!executable || text.startsWith('#!') || text.trim() === '') return [];
  return [
    {
      at: { file, span: [0, text.indexOf('\n') === -1 ? text.length : text.indexOf('\n')] },
      severity: 'warning',
      message: `The script "${file}" is executable and names no shell, so which one reads it depends on who calls it`,
      hint: 'Begin it with "#!/bin/sh"',
      facts: { file },
    },
  ];
}

/** Where something is deployed, what comes after a failure is done to a half of it. */
function unended(script: Script): FindingDraft[] {
  const { file, code } = script;
  if (!/deploy|release|rollout|restore|migrat/i.test(baseOf(file)) || endsOnError(script)) return [];
  const change =
    /\bdocker(?:-|\s+)compose\b[^\n]*\s(?:up|down|restart)\b|\b(?:rsync|scp)\s|\bdocker\s+stack\s+deploy\b/.exec(code);
  if (change === null) return [];
  return [
    {
      at: { file, span: [change.index, change.index + change[0].length] },
      severity: 'warning',
      message: `The script "${file}" changes a machine and goes on after a failure, so "${change[0].trim()}" runs on half of what it needs`,
      hint: 'Begin it with "set -eu"',
      facts: { file },
    },
  ];
}
