import { defineRule } from '../define-rule.ts';
import { backupScripts, endsOnError, writes } from './scripts.ts';

const prunes =
  /\bfind\s[^\n]*-m(?:time|min)\b[^\n]*(?:-delete|-exec\s+rm|xargs[^\n]*\brm)|\bls\s+-\w*t[^\n]*\|[^\n]*\brm\b/;

/** Old archives may go when a new one is there and good, and not before: else the last good one goes. */
export const blindPruning = defineRule({
  id: 'repo/blind-pruning',
  severity: 'warning',
  over: 'repository',
  claim: 'Old archives are deleted only after a new one was made.',
  check: (repository) =>
    backupScripts(repository).flatMap((script) => {
      const { file, code } = script;
      const pruned = prunes.exec(code);
      const written = writes.exec(code);
      if (pruned === null || written === null) return [];
      const early = pruned.index < written.index && !inFunction(code, pruned.index);
      const guarded = endsOnError(script) || /&&|\bif\b|\|\|\s*exit/.test(code.slice(written.index, pruned.index));
      if (!early && guarded) return [];
      const why = early ? 'before it has made a new one' : 'whether or not it has made a new one';
      return [
        {
          at: { file, span: [pruned.index, pruned.index + pruned[0].length] as const },
          message: `The script "${file}" deletes old archives ${why}, so in the end the last good one goes`,
          related: [{ at: { file, span: [written.index, written.index + written[0].length] }, note: 'the new one' }],
          hint: 'Delete at the end of a script that begins with "set -eu", after the archive was read back',
          facts: { file },
        },
      ];
    }),
});

/** A function is called where its name stands, which may well be at the end. */
function inFunction(code: string, at: number): boolean {
  const before = code.slice(0, at);
  return before.lastIndexOf('() {') > before.lastIndexOf('\n}');
}
