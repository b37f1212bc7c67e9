import type { FindingDraft } from '../../model/finding.ts';
import type { Repository } from '../../model/repository.ts';
import { baseOf } from '../../read/paths.ts';
import { defineRule } from '../define-rule.ts';
import { lineText, stackFiles } from '../support/stack-files.ts';
import { secretIn } from './secret-value.ts';

const configuration = /\.(?:ya?ml|ini|conf|cfg|toml|properties|json|env)$|(?:^|\.)env(?:\.|$)/i;
const examples =
  /(?:^|\/)(?:examples?|tests?|fixtures?|node_modules)\/|\.(?:example|sample|template|tmpl|dist)$|example/i;

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

function secretsOf(repository: Repository, file: string): FindingDraft[] {
  const text = lineText(repository, file);
  if (text === undefined) return [];
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

/** Configuration among the files of the stacks; examples are meant to be read. */
function scanned(repository: Repository): string[] {
  return stackFiles(repository).filter((path) => configuration.test(baseOf(path)) && !examples.test(path));
}
