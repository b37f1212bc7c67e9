import { type Tree, textAt } from '../../model/tree.ts';
import { baseOf, folderOf } from '../../read/paths.ts';

/** The variables that files beside a compose file name, be it as an example. */
export interface ListedVariables {
  /** The first of the files, where there is one. */
  readonly file?: string;
  readonly names: ReadonlySet<string>;
}

/** What `.env`, `env.example` and their like beside a compose file name. */
export function listedVariables(tree: Tree, composeFile: string): ListedVariables {
  const folder = folderOf(composeFile);
  const files = [...tree.files.keys()]
    .filter((path) => folderOf(path) === folder && /(^|\.)env(\.|$)/i.test(baseOf(path)))
    .sort()
    .filter((path) => textAt(tree, path) !== undefined);
  const names = new Set(files.flatMap((path) => namesIn(textAt(tree, path) ?? '')));
  return { ...(files[0] === undefined ? {} : { file: files[0] }), names };
}

function namesIn(text: string): string[] {
  return [...text.matchAll(/^\s*#?\s*(?:export\s+)?([A-Za-z_]\w*)\s*=/gm)].map((match) => match[1] ?? '');
}
