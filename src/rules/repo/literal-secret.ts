import type { FindingDraft } from '../../model/finding.ts';
import type { Repository } from '../../model/repository.ts';
import { pathsUnder, textAt } from '../../model/tree.ts';
import { baseOf, folderOf } from '../../read/paths.ts';
import { defineRule } from '../define-rule.ts';
import { secretIn } from './secret-value.ts';

const configuration = /\.(?:ya?ml|ini|conf|cfg|toml|properties|json|env)$|(?:^|\.)env(?:\.|$)/i;
const examples =
  /(?:^|\/)(?:examples?|tests?|fixtures?|node_modules)\/|\.(?:example|sample|template|tmpl|dist)$|example/i;
const largest = 300_000;

/**
 * A secret in a repository is known to everybody who can read it, and stays in its history. The finding says what kind
 * of secret stands where; its text is never printed.
 */
export const literalSecret = defineRule({
  id: 'repo/literal-secret',
  severity: 'error',
  over: 'repository',
  claim: 'No configuration of a stack or of the pipeline holds a secret.',
  check: (repository) => scanned(repository).flatMap((file) => secretsOf(repository, file)),
});

function secretsOf({ tree }: Repository, file: string): FindingDraft[] {
  const text = textAt(tree, file);
  if (text === undefined || text.length > largest) return [];
  let start = 0;
  return text.split('\n').flatMap((line): FindingDraft[] => {
    const offset = start;
    start += line.length + 1;
    const found = secretIn(line);
    if (found === undefined) return [];
    const { kind, key, span } = found;
    const where = key === undefined ? '' : ` at "${key}"`;
    return [
      {
        at: { file, span: [offset + span[0], offset + span[1]] },
        message: `A literal ${kind} stands in "${file}"${where}, so whoever can read the repository has it`,
        hint: 'Take it from a variable or a file that git ignores, and change it: it stays in the history',
        facts: { secret: kind, key: key ?? null },
      },
    ];
  });
}

/** Files of the stacks: beside and below their compose files, what is mounted, and the pipeline. */
function scanned(repository: Repository): string[] {
  const { tree, stacks, ci } = repository;
  const folders = stacks.map((stack) => folderOf(stack.composeFile));
  const mounted = stacks.flatMap((stack) =>
    stack.services.flatMap((service) => service.mounts.flatMap((mount) => mount.repoPath ?? [])),
  );
  const paths = [
    ...folders.flatMap((folder) =>
      // A compose file at the root does not make the whole repository a stack.
      folder === '' ? [...tree.files.keys()].filter((path) => !path.includes('/')) : pathsUnder(tree, folder),
    ),
    ...mounted.flatMap((path) => (path === '.' ? [] : tree.files.has(path) ? [path] : pathsUnder(tree, path))),
    ...ci.map((file) => file.file),
  ];
  return [...new Set(paths)].filter((path) => configuration.test(baseOf(path)) && !examples.test(path)).sort();
}
