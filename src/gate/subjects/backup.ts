import type { BackupScript, SavedVolume } from '../../model/backup.ts';
import type { Repository } from '../../model/repository.ts';
import type { Stack } from '../../model/stack.ts';
import { type Claim, claimOf } from '../../model/verdict.ts';
import { backupScripts } from './backup-scripts.ts';
import { distinct } from './distinct.ts';

/** How an archive is spoiled before the restore is asked to take it. */
export const spoilings = ['an empty', 'a truncated', "another volume's", "another owner's"] as const;

/** A claim about one backup script of the stack. */
export type BackupSubject = { readonly claim: Claim; readonly script: BackupScript } & (
  | { readonly about: 'comes back'; readonly volume: SavedVolume }
  | { readonly about: 'interrupted' | 'full disk' | 'pruning' }
  | { readonly about: 'refusal'; readonly spoiled: (typeof spoilings)[number] }
);

/**
 * What the backup suite claims: every volume a script names comes back with what was in it; what is interrupted or finds
 * the disk full leaves nothing that looks complete; old archives go only after a new good one; and where there is a
 * restore, it refuses what is no good archive of the volume.
 */
export function backupSubjects(stack: Stack, repository: Repository): BackupSubject[] {
  return distinct(
    backupScripts(repository, stack).flatMap((script): BackupSubject[] => {
      if (script.saves.length === 0) return [];
      const { file, restore } = script;
      const of = (subject: string) => ({ claim: claimOf('backup', subject), script });
      return [
        ...script.saves.map((volume) => ({
          ...of(`${file} brings volume "${volume.volume}" back`),
          about: 'comes back' as const,
          volume,
        })),
        { ...of(`${file} interrupted leaves nothing that looks complete`), about: 'interrupted' },
        ...(script.prunes
          ? [{ ...of(`${file} deletes old archives only after a good new one`), about: 'pruning' as const }]
          : []),
        { ...of(`${file} says that the disk is full`), about: 'full disk' },
        ...(restore === undefined
          ? []
          : spoilings.map((spoiled) => ({
              ...of(`${restore.file} refuses ${spoiled} archive`),
              about: 'refusal' as const,
              spoiled,
            }))),
      ];
    }),
  );
}
