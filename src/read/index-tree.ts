import { dirname, resolve } from 'node:path';
import type { Tree } from '../model/tree.ts';
import type { GitInput } from './git.ts';
import { fieldsOf, git } from './git.ts';
import type { GitEntry } from './objects.ts';
import { isFileMode, objectFiles } from './objects.ts';

/**
 * The tree that is staged: what the next commit would hold. Of a path in conflict, our side (stage 2) is taken.
 * In a hook of this repository it is the index git names there, which `git commit -a` and `git commit PATHS` make.
 * Throws an Error of one sentence where the folder is no repository.
 */
export function readIndex(repoDir: string): Tree {
  const top = git(repoDir, ['rev-parse', '--show-toplevel']).toString('utf8').replace(/\n$/, '');
  const entries: GitEntry[] = [];
  for (const field of fieldsOf(git(top, ['ls-files', '--stage', '-z'], hookIndex(top)))) {
    const tab = field.indexOf('\t');
    const [mode, object, stage] = field.slice(0, tab).split(' ');
    if (mode === undefined || object === undefined || !isFileMode(mode)) continue;
    if (stage !== '0' && stage !== '2') continue;
    entries.push({ path: field.slice(tab + 1), mode, object });
  }
  return { origin: 'index', files: objectFiles(top, entries) };
}

function hookIndex(top: string): GitInput {
  const named = process.env['GIT_INDEX_FILE'];
  if (!named) return {};
  const index = resolve(named);
  const own = git(top, ['rev-parse', '--absolute-git-dir']).toString('utf8').replace(/\n$/, '');
  return dirname(index) === resolve(own) ? { index } : {};
}
