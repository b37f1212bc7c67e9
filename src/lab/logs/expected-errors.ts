import type { Product } from '../../model/stack.ts';

/** An error that a product may log without anything being wrong with the stack. */
export interface ExpectedError {
  readonly product: Product;
  readonly pattern: RegExp;
  readonly why: string;
}

const outside = 'what lies outside is not there in the lab';
const host = 'it tells of the host it runs on, not of the stack';
const judged = (suite: string): string => `it answers what others ask or send: the suite ${suite} judges that`;
const vanished = 'a container of the host that is gone by now';

/**
 * What is not held against a stack, each with its reason. Where a line is found in the products' sources or issues, it
 * stands behind it; what is in doubt is expected, for a false red costs more than a missed warning.
 */
export const expectedErrors: readonly ExpectedError[] = [
  {
    product: 'prometheus',
    pattern: /component=notifier|"component":"notifier"/,
    why: 'Alertmanager starts beside it; whether alerts arrive is judged by the suite alert-routing',
  },
  {
    product: 'prometheus',
    pattern: /component="?discovery manager|"component":"discovery manager|discovery=\w+/,
    why: `${outside}: what a discovery finds is judged by the suite scrape-targets`,
  },
  { product: 'prometheus', pattern: /component=remote\b|"component":"remote"/, why: outside },
  { product: 'alertmanager', pattern: /component="?(dispatcher|cluster)\b/, why: judged('alert-routing') },
  { product: 'alertmanager', pattern: /"component":"(dispatcher|cluster)"/, why: judged('alert-routing') },
  {
    // https://github.com/grafana/grafana/issues/5079
    product: 'grafana',
    pattern:
      /logger=[\w.]*(update\.checker|usagestats|key_retriever|grafanacom|remotecache)|(update check|download\w* plugin)/i,
    why: outside,
  },
  {
    // https://github.com/grafana/grafana/pull/26017
    product: 'grafana',
    pattern: /provisioning files from directory.*no such file or directory/i,
    why: 'an absent folder provisions nothing; the case "runs" reads those that are needed',
  },
  {
    product: 'grafana',
    pattern: /logger=(context|tsdb|query_data|data-proxy-log|datasources|plugin\.|authn|licensing)/,
    why: judged('dashboards'),
  },
  {
    product: 'grafana',
    pattern: /"logger":"(context|tsdb|query_data|data-proxy-log|datasources|plugin\.|authn|licensing)/,
    why: judged('dashboards'),
  },
  {
    product: 'grafana',
    pattern: /logger=ngalert|"logger":"ngalert|logger=alerting\.notifier/,
    why: 'its datasources start beside it, and its receivers lie outside',
  },
  {
    // https://github.com/grafana/loki/issues/18890
    product: 'loki',
    pattern: /empty ring|too many failed ingesters|no frontend address|error (getting|updating) .*ring/i,
    why: 'its parts find each other a moment after they start',
  },
  {
    product: 'loki',
    pattern: /caller=(scheduler_processor|frontend_processor|frontend_scheduler_worker|worker|scheduler)\.go/,
    why: 'its parts find each other a moment after they start',
  },
  {
    // https://github.com/grafana/loki/issues/3952
    product: 'loki',
    pattern: /(read|load|list) rule|rules? (directory|groups?).*no such file/i,
    why: 'a folder without rules is no failure',
  },
  {
    product: 'loki',
    pattern:
      /caller=(retry|engine|logging|codec|roundtrip|http|push|errors)\.go|component=(querier|frontend|distributor)/,
    why: judged('dashboards'),
  },
  {
    product: 'loki',
    pattern: /cluster seed|usage ?stats|caller=reporter\.go/,
    why: 'the lab switches the reports of usage off',
  },
  {
    product: 'promtail',
    pattern:
      /timestamp too old|entry too far behind|out of order|rate limit|greater_than_max_sample_age|entry for stream/i,
    why: 'it reads the logs of this host from their beginning, older than Loki takes',
  },
  {
    product: 'promtail',
    pattern: /caller=(tailer|filetarget\w*|docker\w*|target\w*)\.go|No such container/i,
    why: vanished,
  },
  {
    product: 'promtail',
    pattern: /component=client|"component":"client"/,
    why: 'Loki starts beside it; whether every line arrives is judged by the suite logs',
  },
  { product: 'node-exporter', pattern: /collector/, why: host },
  {
    // https://github.com/google/cadvisor/issues/2648
    product: 'cadvisor',
    pattern: /^E\d{4} \S+ +\d+ (?!cadvisor\.go)\w+\.go:/,
    why: host,
  },
];

/** Why an error of a product is no news; undefined where it is. */
export function whyExpected(product: Product, line: string): string | undefined {
  return expectedErrors.find((one) => one.product === product && one.pattern.test(line))?.why;
}
