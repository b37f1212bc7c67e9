import { defineFault } from '../define-rule.ts';

const over = 'repository';

/** A configuration that does not parse is not read at all, and its product does not start. */
export const unparsableRepoYaml = defineFault({
  id: 'repo/unparsable-yaml',
  severity: 'error',
  over,
  claim: 'Every YAML file of a stack parses.',
});

/** The same for JSON: Grafana leaves a dashboard out that does not parse. */
export const unparsableRepoJson = defineFault({
  id: 'repo/unparsable-json',
  severity: 'error',
  over,
  claim: 'Every JSON file of a stack parses.',
});

/** A list or a single value where a mapping is read means that nothing in the file takes effect. */
export const unexpectedShape = defineFault({
  id: 'repo/unexpected-shape',
  severity: 'error',
  over,
  claim: 'Every configuration file has the shape that its reader expects.',
});

/** Bytes that are no UTF-8 text are no configuration. */
export const binaryConfiguration = defineFault({
  id: 'repo/binary-configuration',
  severity: 'error',
  over,
  claim: 'Every configuration file is text.',
});
