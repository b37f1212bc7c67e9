import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** A file of a plan's `files/`. */
export interface PlanFile {
  readonly path: string;
  readonly mode: '100644' | '100755';
  readonly bytes: Uint8Array;
}

/** The files beside a plan, sorted by path; none where there is no such folder. */
export function planFiles(folder: string): { readonly files: readonly PlanFile[] } | { readonly problem: string } {
  try {
    const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
    const odd = entries.find((entry) => !entry.isFile() && !entry.isDirectory());
    if (odd !== undefined) return { problem: `"files/${pathOf(folder, odd)}" is not a plain file` };
    const files = entries
      .filter((entry) => entry.isFile())
      .map((entry): PlanFile => {
        const absolute = join(entry.parentPath, entry.name);
        const executable = (statSync(absolute).mode & 0o100) !== 0;
        return {
          path: pathOf(folder, entry),
          mode: executable ? '100755' : '100644',
          bytes: readFileSync(absolute),
        };
      });
    return { files: files.sort((a, b) => (a.path < b.path ? -1 : 1)) };
  } catch (problem) {
    if (problem instanceof Error && 'code' in problem && problem.code === 'ENOENT') return { files: [] };
    return { problem: `the plan's files cannot be read: ${problem instanceof Error ? problem.message : problem}` };
  }
}

function pathOf(folder: string, entry: { readonly parentPath: string; readonly name: string }): string {
  return join(entry.parentPath, entry.name)
    .slice(folder.length + 1)
    .replaceAll('\\', '/');
}
