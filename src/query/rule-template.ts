import { templateReader } from './go-template.ts';
import type { QueryProblem } from './problem.ts';

const functions =
  'query first label value strvalue args reReplaceAll safeHtml match title toUpper toLower graphLink tableLink sortByLabel stripPort stripDomain humanize humanize1024 humanizeDuration humanizePercentage humanizeTimestamp toTime pathPrefix externalURL parseDuration tmpl';
const plain = /\{\{ ?(?:\$labels\.[a-z_]+|\$value(?: \| humanize(?:Percentage|Duration|1024)?)?) ?\}\}/g;
const read = templateReader(functions.split(' '), ['$labels', '$externalLabels', '$externalURL', '$value']);

/**
 * What is wrong with the template of a label or an annotation of a rule, by the words of Prometheus 2.47
 * (https://prometheus.io/docs/prometheus/2.47/configuration/template_reference/).
 */
export function ruleTemplateProblem(text: string): QueryProblem | undefined {
  // Most templates hold nothing but labels and values, and those are read at a glance.
  const rest = text.includes('{{') ? text.replace(plain, '') : '';
  return rest.includes('{{') ? read(text).problem : undefined;
}
