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
    const files: PlanFile[] = [];
    // Not the recursive listing of Node, which follows links to folders.
    const enter = (below: string): string | undefined => {
      for (const entry of readdirSync(join(folder, below), { withFileTypes: true })) {
        const path = below === '' ? entry.name : `${below}/${entry.name}`;
        const odd = entry.isDirectory() ? enter(path) : entry.isFile() ? undefined : path;
        if (odd !== undefined) return odd;
        if (entry.isFile()) files.push(fileAt(folder, path));
      }
      return undefined;
    };
    const odd = enter('');
    if (odd !== undefined) return { problem: `"files/${odd}" is not a plain file` };
    return { files: files.sort((a, b) => (a.path < b.path ? -1 : 1)) };
  } catch (problem) {
    if (problem instanceof Error && 'code' in problem && problem.code === 'ENOENT') return { files: [] };
    return { problem: `the plan's files cannot be read: ${problem instanceof Error ? problem.message : problem}` };
  }
}

function fileAt(folder: string, path: string): PlanFile {
  const absolute = join(folder, path);
  const executable = (statSync(absolute).mode & 0o100) !== 0;
  return { path, mode: executable ? '100755' : '100644', bytes: readFileSync(absolute) };
}
