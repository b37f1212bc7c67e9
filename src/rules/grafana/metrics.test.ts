import { describe, expect, it } from 'vitest';
import { composeOf, prometheus, told } from '../test-support.ts';
import { metricRules } from './metric-rules.ts';

interface Given {
  /** The datasource as the panel writes it. */
  readonly datasource?: unknown;
  readonly variables?: readonly unknown[];
  readonly annotations?: readonly unknown[];
  readonly sources?: string;
  readonly hide?: boolean;
}

const one = '  - { name: P, uid: p, type: prometheus, url: "http://prometheus:9090" }\n';
const another = '  - { name: Q, uid: q, type: prometheus, url: "http://elsewhere.example:9090" }\n';

/** What the rules about metrics say of a dashboard whose panels have these queries. */
function about(exprs: readonly string[], given: Given = {}): string[] {
  const {
    datasource = { type: 'prometheus', uid: 'p' },
    variables = [],
    annotations = [],
    sources = one,
    hide,
  } = given;
  const panels = exprs.map((expr, index) => ({
    title: `Panel ${index}`,
    type: 'timeseries',
    targets: [{ refId: 'A', expr, datasource, hide: hide === true }],
  }));
  const board = { title: 'B', uid: 'b', panels, templating: { list: variables }, annotations: { list: annotations } };
  const texts = {
    'compose.yml': composeOf({
      prometheus,
      'node-exporter': 'image: prom/node-exporter:v1.6.1',
      grafana: 'image: grafana/grafana:10.2.0\nvolumes:\n  - ./p:/etc/grafana/provisioning\n  - ./boards:/boards',
    }),
    'prometheus.yml':
      'scrape_configs:\n  - { job_name: node, static_configs: [{ targets: ["node-exporter:9100"] }] }\n',
    'p/datasources/a.yaml': `datasources:\n${sources}`,
    'p/dashboards/a.yaml': 'providers:\n  - { name: a, options: { path: /boards } }\n',
    'boards/b.json': JSON.stringify(board, null, 1),
  };
  return metricRules.flatMap((rule) => told(rule, texts).map((line) => line.replace(/^(\w+) \S+ /, '$1 ')));
}

const variable = (name: string, query: string): unknown => ({
  name,
  type: 'query',
  datasource: { type: 'prometheus', uid: 'p' },
  query,
});

describe('dashboards', () => {
  it.each<[string, string, Given?]>([
    ['variables in matchers', 'node_load1{instance=~"$host:$port", job="$job"}'],
    ['a variable as a part of a name', 'node_load${minutes}'],
    ['a variable as a label', 'sum by ($label) (node_load1)'],
    ['a variable as a whole query', '$query'],
    ['macros', 'rate(node_cpu_seconds_total[$__rate_interval]) / $__range_s'],
    ['a hidden query', 'shop_orders', { hide: true }],
    [
      'a datasource outside the stack',
      'shop_orders',
      { datasource: { type: 'prometheus', uid: 'q' }, sources: one + another },
    ],
    [
      'a datasource that the reader chooses',
      'shop_orders',
      {
        datasource: { uid: '${ds}' },
        variables: [{ name: 'ds', type: 'datasource', query: 'prometheus' }],
        sources: one + another,
      },
    ],
    ['a query that does not parse', 'shop_orders{'],
    ['another language', 'from(bucket: "x")', { datasource: { type: 'influxdb', uid: 'i' } }],
  ])('are not judged by %s', (_, expr, given) => {
    expect(about([expr], given)).toEqual([]);
  });

  it('are told of the same metric once', () => {
    expect(about(['shop_orders', 'sum(shop_orders)', 'node_load1 or shop_orders'])).toEqual([
      'warning Metric "shop_orders" of panels "Panel 0" and "Panel 1" is produced by no scrape job and no rule, so nothing is shown',
    ]);
  });

  it('are judged by the one datasource that a variable can be', () => {
    const variables = [{ name: 'ds', type: 'datasource', query: 'prometheus' }];
    const found = about(['shop_orders'], { datasource: { type: 'prometheus', uid: '${ds}' }, variables });
    expect(found).toEqual([expect.stringMatching(/^warning Metric "shop_orders" of panel "Panel 0"/)]);
  });

  it('have variables and annotations', () => {
    const variables = [
      variable('a', 'label_values(node_load1{job="nod"}, instance)'),
      variable('b', 'label_values(node_load1, mode)'),
      variable('c', 'label_values(node_cpu_seconds_total, mode)'),
      variable('d', 'label_values(shop)'),
      variable('e', 'query_result(rate(node_load1[5m]))'),
    ];
    const annotations = [
      { name: 'Restarts', datasource: { type: 'prometheus', uid: 'p' }, expr: 'shop_restarted > 0' },
    ];
    expect(about([], { variables, annotations }).sort()).toEqual([
      expect.stringMatching(/^warning "rate" of metric "node_load1" of variable "e"/),
      expect.stringMatching(
        /^warning Label "mode" of metric "node_load1" of variable "b" is one that it does not have/,
      ),
      expect.stringMatching(
        /^warning Matcher "job='nod'" of metric "node_load1" of variable "a" fits no scrape job, so it has no values/,
      ),
      expect.stringMatching(/^warning Metric "shop_restarted" of annotation "Restarts"/),
    ]);
  });
});
