import { defineFault } from '../define-rule.ts';

/** GitLab runs no pipeline at all where its configuration does not parse. */
export const unparsableYaml = defineFault({
  id: 'ci/unparsable-yaml',
  severity: 'error',
  over: 'ci-file',
  claim: 'Every file of the pipeline parses.',
});

/** YAML of GitLab takes the last of two equal keys: the first job of a name is lost without a word. */
export const duplicateCiKey = defineFault({
  id: 'ci/duplicate-key',
  severity: 'warning',
  over: 'ci-file',
  claim: 'No mapping of the pipeline has a key twice.',
});

/** GitLab refuses a pipeline that includes a file which is not there. */
export const unresolvedCiInclude = defineFault({
  id: 'ci/unresolved-include',
  severity: 'error',
  over: 'ci-file',
  claim: 'Every file that the pipeline includes from the repository is in it.',
});
