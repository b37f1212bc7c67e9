import type { Repository } from '../../model/repository.ts';
import { type Tree, textAt } from '../../model/tree.ts';
import { baseOf } from '../../read/paths.ts';

/** What a file of the repository is to whoever follows a reference in it. */
export type FileRole = 'compose' | 'pipeline' | 'script' | 'other';

/** The role of a file, by what read it, its name, its mode and its first line. */
export function roleOf(repository: Repository, path: string): FileRole {
  const name = baseOf(path);
  const read = repository.stacks.some((stack) => stack.composeFile === path);
  if (read || /^(?:docker-)?compose[^/]*\.ya?ml$/.test(name)) return 'compose';
  const ci = repository.ci.some((file) => file.file === path);
  if (ci || /\.gitlab-ci\.ya?ml$/.test(path) || /^\.github\/workflows\/[^/]+\.ya?ml$/.test(path)) return 'pipeline';
  return isScript(repository.tree, path) ? 'script' : 'other';
}

/** Whether a file is run: a shell or other script, a Makefile, a Dockerfile. */
export function isScript(tree: Tree, path: string): boolean {
  const name = baseOf(path);
  if (/\.(?:sh|bash|zsh|ps1|py|rb|pl|mk)$|^(?:Makefile|Justfile|Dockerfile)/.test(name)) return true;
  if (/\.(?:md|txt|json|ya?ml)$/.test(name)) return false;
  return tree.files.get(path)?.mode === '100755' || textAt(tree, path)?.startsWith('#!') === true;
}

/** A line that only speaks: a comment of a script or of YAML. */
export function isComment(line: string): boolean {
  return /^\s*(?:#|\/\/|;|--\s|\*|<!--)/.test(line);
}

/** The lines of a text with their offsets in it. */
export function linesOf(text: string): { readonly text: string; readonly start: number }[] {
  let start = 0;
  return text.split('\n').map((line) => {
    const here = { text: line, start };
    start += line.length + 1;
    return here;
  });
}
