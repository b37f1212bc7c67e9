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
  return linesWorthReading(text).flatMap(({ line, offset }): FindingDraft[] => {
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

/** What every secret has in its line: a word of its key, or the beginning of a token. */
const hints =
  /passw|passphrase|secret|token|key|credential|:\/\/[^\s/@]+@|gl\w{2,4}-|gh[pousr]_|A[KS]IA|xox[abprs]-|gl(?:sa|c)_|hooks\.slack|discord|:AA|AIza|GOCSPX|SG\.|npm_/gi;

/** The lines in which there may be one: one look at the whole text spares most lines all of theirs. */
function linesWorthReading(text: string): { readonly line: string; readonly offset: number }[] {
  const found: { line: string; offset: number }[] = [];
  hints.lastIndex = 0;
  for (let match = hints.exec(text); match !== null; match = hints.exec(text)) {
    const offset = text.lastIndexOf('\n', match.index) + 1;
    const eol = text.indexOf('\n', match.index);
    const end = eol === -1 ? text.length : eol;
    found.push({ line: text.slice(offset, end), offset });
    hints.lastIndex = Math.max(end, match.index + 1);
  }
  return found;
}

/** Configuration among the files of the stacks; examples are meant to be read. */
export function scanned(repository: Repository): string[] {
  return stackFiles(repository).filter((path) => configuration.test(baseOf(path)) && !examples.test(path));
}
