import { defineRule } from '../define-rule.ts';
import { backupScripts, writes } from './scripts.ts';

const reads =
  /\btar\s+(?:-?[a-zA-Z]*[td][a-zA-Z]*\b|[^\n|;&]*--(?:list|test|compare|diff))|\b(?:gzip|xz|zstd|bzip2)\s+(?:-\w*t|--test)|\b(?:restic|borg)\s+[^\n]*\bcheck\b|sha\d+sum|md5sum|\bcmp\b|(?:\btest|\[)\s+-s\b|pg_restore\s+[^\n]*(?:-l|--list)|integrity_check/;

/** An archive that was never read may be cut off, empty, or of the wrong folder. */
export const uncheckedArchive = defineRule({
  id: 'repo/unchecked-archive',
  severity: 'warning',
  over: 'repository',
  claim: 'A backup reads the archive back that it has written.',
  check: (repository) =>
    backupScripts(repository).flatMap(({ file, code }) => {
      const written = /\b(?:restic|borg)\b/.test(code) || reads.test(code) ? null : writes.exec(code);
      if (written === null) return [];
      return [
        {
          at: { file, span: [written.index, written.index + written[0].length] as const },
          message: `The script "${file}" writes an archive and never reads it back, so one that is cut off or empty counts as a backup`,
          hint: 'List the archive and look for a file that has to be in it: tar -tzf ARCHIVE FILE',
          facts: { file },
        },
      ];
    }),
});
