import type { Rule } from '../define-rule.ts';
import { backupOfUnknownVolume } from './backup-of-unknown-volume.ts';
import { blindPruning } from './blind-pruning.ts';
import { brokenLink } from './broken-link.ts';
import { defaultPassword } from './default-password.ts';
import { duplicateFile } from './duplicate-file.ts';
import { endangeredArchive } from './endangered-archive.ts';
import { expiredWaiver } from './expired-waiver.ts';
import { binaryConfiguration, unexpectedShape, unparsableRepoJson, unparsableRepoYaml } from './faults.ts';
import { fragileScript } from './fragile-script.ts';
import { literalSecret } from './literal-secret.ts';
import { liveCopy } from './live-copy.ts';
import { lostPart } from './lost-part.ts';
import { referenceToRemovedPath } from './reference-to-removed-path.ts';
import { swallowedBackup } from './swallowed-backup.ts';
import { trackedIgnoredFile } from './tracked-ignored-file.ts';
import { uncheckedArchive } from './unchecked-archive.ts';
import { unmadeArchive } from './unmade-archive.ts';
import { unreadFile } from './unread-file.ts';
import { unsavedStore } from './unsaved-store.ts';
import { unscannedFile } from './unscanned-file.ts';
import { invalidWaiver, unusedWaiver } from './waiver-faults.ts';

/** The rules of this room. */
export const repoRules: readonly Rule[] = [
  literalSecret,
  referenceToRemovedPath,
  backupOfUnknownVolume,
  expiredWaiver,
  invalidWaiver,
  unusedWaiver,
  unparsableRepoYaml,
  unparsableRepoJson,
  unexpectedShape,
  binaryConfiguration,
  lostPart,
  swallowedBackup,
  uncheckedArchive,
  blindPruning,
  liveCopy,
  unsavedStore,
  fragileScript,
  defaultPassword,
  trackedIgnoredFile,
  brokenLink,
  duplicateFile,
  unreadFile,
  unmadeArchive,
  endangeredArchive,
  unscannedFile,
];
