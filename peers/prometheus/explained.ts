import type { Compared, Explanation } from '../support/agreement.ts';
import type { Mutant } from '../support/mutations.ts';

/** A case with the words both sides found for it. */
export interface Judged extends Mutant {
  readonly ours: string;
  readonly theirs: string;
}

const weRefuse = ({ ours, theirs }: Compared<Judged>): boolean => ours === 'refuses' && theirs === 'accepts';
const theyRefuse = ({ ours, theirs }: Compared<Judged>): boolean => ours === 'accepts' && theirs === 'refuses';

const readers: readonly Explanation<Judged>[] = [
  {
    why: 'what stands behind a complete first document is never looked at by Go: the rest of the file is silently not there',
    covers: (one) => weRefuse(one) && /repo\/unparsable-yaml .*Unexpected scalar at node end/.test(one.subject.ours),
  },
  {
    why: 'a tab in front of a comment is a blank in YAML 1.2 and a fault to Go',
    covers: (one) => theyRefuse(one) && /^ *\t *#/m.test(one.subject.text),
  },
];

/** Why ours and promtool's verdict on a configuration may differ. */
export const explainedConfigurations: readonly Explanation<Judged>[] = [
  ...readers,
  {
    why: 'an empty target: promtool refuses the file, Prometheus drops the target alone, and that is another rule',
    covers: (one) => theyRefuse(one) && /targets:(?: \[| *\n *- )(?:null|""|~)?(?:\]|\n)/.test(one.subject.text),
  },
  {
    why: 'relabelling that empties the address: promtool refuses the file, Prometheus drops the targets alone',
    covers: (one) => theyRefuse(one) && /replacement:(?: null| ""| '')?$/m.test(one.subject.text),
  },
  {
    why: 'without a region Amazon is asked which one this machine is in: nobody answers here, on a machine of theirs it is right',
    covers: (one) => theyRefuse(one) && /region/.test(one.subject.what),
  },
  {
    why: 'the label and field selectors of Kubernetes are not taken apart',
    covers: (one) => theyRefuse(one) && /selectors/.test(one.subject.what),
  },
];

/** Why ours and promtool's verdict on a file of rules may differ. */
export const explainedRuleFiles: readonly Explanation<Judged>[] = [
  {
    why: 'the word null or ~ as a name or an expression is text to Prometheus, and nothing to us',
    covers: (one) => weRefuse(one) && /(?:alert|record|expr): (?:null|~)$/m.test(one.subject.text),
  },
];

/** Why ours and promtool's verdict on a configuration with the files it names may differ. */
export const explainedTrees: readonly Explanation<Judged>[] = [];
