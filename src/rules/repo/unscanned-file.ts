import { defineRule } from '../define-rule.ts';
import { quoteAll } from '../support/quote.ts';
import { lineText } from '../support/stack-files.ts';
import { scanned } from './literal-secret.ts';

/** A file of more than 1 MiB, or one that is no text, is not read line by line: what stands in it is not known. */
export const unscannedFile = defineRule({
  id: 'repo/unscanned-file',
  severity: 'info',
  over: 'repository',
  claim: 'Every configuration of a stack is text that can be read line by line.',
  check: (repository) => {
    const skipped = scanned(repository).filter(
      (path) => repository.tree.files.get(path)?.mode !== '120000' && lineText(repository, path) === undefined,
    );
    const [first, ...others] = skipped;
    if (first === undefined) return [];
    return [
      {
        at: { file: first },
        message: `${quoteAll(skipped, 5)} ${skipped.length === 1 ? 'is' : 'are'} larger than 1 MiB or no text, so whether there are secrets in ${skipped.length === 1 ? 'it' : 'them'} cannot be told`,
        related: others.map((file) => ({ at: { file }, note: 'not read either' })),
        hint: 'Keep data out of the folders of a stack',
        facts: { files: skipped },
      },
    ];
  },
});
