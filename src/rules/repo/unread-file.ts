import type { FindingDraft } from '../../model/finding.ts';
import type { Repository } from '../../model/repository.ts';
import { hasComposeName } from '../../read/compose/candidates.ts';
import { baseOf, folderOf } from '../../read/paths.ts';
import { defineRule } from '../define-rule.ts';
import { gather } from '../support/gather.ts';
import { quoteAll } from '../support/quote.ts';
import { lineText, stackFiles } from '../support/stack-files.ts';

const configuration = /\.(?:ya?ml|json|ini|conf|cfg|toml|rules|tmpl|properties)$/;

/** A configuration that nothing names is read by nothing: it was forgotten, or somebody thinks that it works. */
export const unreadFile = defineRule({
  id: 'repo/unread-file',
  severity: 'warning',
  over: 'repository',
  claim: 'Every configuration in the folder of a stack is mounted, run or named by something.',
  check: (repository) => {
    const mounted = repository.stacks.flatMap(({ services }) =>
      services.flatMap(({ mounts }) => mounts.flatMap(({ repoPath }) => repoPath ?? [])),
    );
    const idle = candidates(repository).filter(
      (path) => !mounted.some((mount) => mount === '.' || path === mount || path.startsWith(`${mount}/`)),
    );
    if (idle.length === 0) return [];
    const texts = namers(repository);
    const unread = idle.filter((path) => !texts.some(({ file, text }) => file !== path && text.includes(baseOf(path))));
    const folders = new Map<string, string[]>();
    for (const path of unread) gather(folders, folderOf(path), path);
    return [...folders.values()].map(draft);
  },
});

/** One finding for a folder. */
function draft(paths: readonly string[]): FindingDraft {
  const [first = '', ...others] = paths;
  const several = others.length > 0;
  return {
    at: { file: first },
    message: `${quoteAll(paths.map((path) => path))} ${several ? 'are' : 'is'} mounted by no service and named by no script, job or page, so ${several ? 'they do' : 'it does'} nothing`,
    related: others.map((file) => ({ at: { file }, note: 'neither is this one' })),
    hint: 'Mount it, or delete it',
    facts: { files: paths },
  };
}

/** Configuration in the stacks' own folders; the root holds everybody's. */
function candidates(repository: Repository): string[] {
  const { stacks, ci } = repository;
  const composed = new Set([...stacks.map(({ composeFile }) => composeFile), ...ci.map(({ file }) => file)]);
  const folders = [...new Set(stacks.map(({ composeFile }) => folderOf(composeFile)))].filter(
    (folder) => folder !== '',
  );
  return stackFiles(repository).filter(
    (path) =>
      configuration.test(path) &&
      folders.some((folder) => path.startsWith(`${folder}/`)) &&
      !composed.has(path) &&
      !hasComposeName(path) &&
      !/(?:^|\/)(?:\.[^/]+|package(?:-lock)?\.json|tsconfig[^/]*\.json|pyproject\.toml|tests?\/.*|examples?\/.*)$|example|sample/.test(
        path,
      ),
  );
}

/** Whatever may name a file: the files of the stacks, of the pipeline, and pages and scripts at the root. */
function namers(repository: Repository): { readonly file: string; readonly text: string }[] {
  const near = [...repository.tree.files.keys()].filter((path) =>
    /^(?:[^/]+|(?:docs|scripts|\.github|\.gitlab)\/.*)$/.test(path),
  );
  return [...new Set([...stackFiles(repository), ...near])].flatMap((file) => {
    if (/\.(?:png|jpe?g|gif|svg|pdf|zip|gz)$|package-lock\.json$/.test(file)) return [];
    const text = lineText(repository, file);
    return text === undefined ? [] : [{ file, text }];
  });
}
