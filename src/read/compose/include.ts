import type { Documents } from '../documents.ts';
import { insideRepository } from '../paths.ts';
import type { Part } from './part.ts';
import { itemsOf, partAt, textOf } from './part.ts';

/** A file that a compose file includes. `folder` is its project folder where one is written. */
export interface Include {
  readonly file: string;
  readonly folder?: string;
  readonly envFiles: readonly string[];
}

/**
 * The files a compose file includes (https://docs.docker.com/reference/compose-file/include/), those left out that are
 * not in the tree or lead back to `trail`: they are reported as `compose/unresolved-include`.
 */
export function includedFiles(documents: Documents, root: Part, folder: string, trail: readonly string[]): Include[] {
  const included: Include[] = [];
  for (const item of itemsOf(partAt(root, 'include'))) {
    const long = item.value instanceof Map;
    const project = textOf(partAt(item, 'project_directory'));
    const projectFolder = project === undefined ? undefined : insideRepository(folder, project);
    const envFiles = itemsOf(partAt(item, 'env_file')).flatMap(
      (part) => insideRepository(folder, textOf(part) ?? '') ?? [],
    );
    for (const path of long ? itemsOf(partAt(item, 'path')) : [item]) {
      const text = textOf(path) ?? '';
      const file = insideRepository(folder, text);
      if (path.open || /^[a-z+]+:\/\/|^git@|\.git(#|$)/.test(text)) {
        report(documents, path, text, 'is outside the repository, so what it adds cannot be known', true);
      } else if (file === undefined || !documents.tree.files.has(file)) {
        report(documents, path, text, 'is not in the repository, so compose refuses the file', file === undefined);
      } else if (trail.includes(file)) {
        report(documents, path, text, 'leads back to a file that includes it, so compose refuses the file', false);
      } else {
        const within = projectFolder === '.' ? '' : projectFolder;
        included.push({ file, envFiles, ...(within === undefined ? {} : { folder: within }) });
      }
    }
  }
  return included;
}

function report(documents: Documents, part: Part, text: string, what: string, unknown: boolean): void {
  documents.report({
    rule: 'compose/unresolved-include',
    at: part.at,
    message: `The included file "${text}" ${what}`,
    ...(unknown ? { severity: 'info' } : {}),
  });
}
