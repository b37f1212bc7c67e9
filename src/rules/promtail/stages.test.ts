import { describe, expect, it } from 'vitest';
import type { Rule } from '../define-rule.ts';
import { composeOf, told } from '../test-support.ts';
import { deadTimestamp } from './dead-timestamp.ts';
import { duplicateSource } from './duplicate-source.ts';
import { invalidStage } from './invalid-stage.ts';
import { labelBudget } from './label-budget.ts';
import { missingPath } from './missing-path.ts';
import { sourcelessJob } from './sourceless-job.ts';
import { tenantlessClient } from './tenantless-client.ts';
import { unboundedLabel } from './unbounded-label.ts';
import { unextractedName } from './unextracted-name.ts';
import { unknownMetaLabel } from './unknown-meta-label.ts';

const check = (rule: Rule, config: string, image = 'grafana/promtail:2.9.2', more = {}): string[] =>
  told(rule, {
    'compose.yml': composeOf({
      promtail: `image: ${image}\nvolumes: ["./p.yml:/etc/promtail/config.yml", "/var/log:/var/log"]`,
      ...more,
    }),
    'p.yml': config,
  });
const piped = (stages: string, labels = 'job: a', rest = ''): string =>
  `scrape_configs:\n  - job_name: a\n    static_configs: [{labels: {__path__: /var/log/a.log, ${labels}}}]\n    pipeline_stages: [${stages}]\n${rest}`;

describe('promtail/unextracted-name', () => {
  it.each([
    ['a label of the target', piped('{output: {source: job}}')],
    ['the name of the file', piped('{labels: {filename: }}')],
    ['a group of a replace stage', piped('{replace: {expression: "(?P<x>a)", replace: b}}, {labels: {x: }}')],
    ['what docker brings', piped('{docker: }, {output: {source: output}}, {labels: {stream: }}')],
    ['what a template makes', piped('{template: {source: x, template: "{{ .Entry }}"}}, {output: {source: x}}')],
    [
      'what a stage of a match extracts',
      piped('{match: {selector: "{job=\\"a\\"}", stages: [{regex: {expression: "(?P<x>a)"}}]}}, {labels: {x: }}'),
    ],
    ['a counter of all lines', piped('{metrics: {n: {type: Counter, config: {match_all: true, action: inc}}}}')],
    [
      'labels that relabelling maps',
      piped('{labels: {x: }}', 'job: a', '    relabel_configs: [{action: labelmap, regex: "(.+)"}]\n'),
    ],
    [
      'lines that others push',
      'scrape_configs: [{job_name: a, loki_push_api: {server: {}}, pipeline_stages: [{labels: {x: }}]}]',
    ],
    [
      'targets of files',
      'scrape_configs: [{job_name: a, file_sd_configs: [{files: [a.json]}], pipeline_stages: [{labels: {x: }}]}]',
    ],
  ])('is silent about %s', (_, config) => expect(check(unextractedName, config)).toEqual([]));

  it.each([
    ['json', piped('{json: {expressions: {a: b}, source: x}}')],
    ['tenant', piped('{tenant: {source: x}}')],
    ['metrics', piped('{metrics: {n: {type: Counter, source: x, config: {action: inc}}}}')],
    ['drop', piped('{drop: {source: x}}')],
  ])('finds the source of a %s stage', (_, config) => expect(check(unextractedName, config)).toHaveLength(1));
});

describe('promtail/invalid-stage', () => {
  it.each([
    ['an empty stage of labels', piped('{labels: }')],
    ['numbers in quotes', piped('{limit: {rate: "10", burst: 5, drop: true}}')],
    ['a match that drops', piped('{match: {selector: "{job=\\"a\\"} |= \\"x\\"", action: drop}}')],
    ['a template with functions', piped('{template: {source: x, template: "{{ .Value | trunc 9 | ToUpper }}"}}')],
    ['an expression that is its own name', piped('{json: {expressions: {a: , b: c.d}}}')],
  ])('takes %s', (_, config) => expect(check(invalidStage, config)).toEqual([]));

  it('does not judge what another version may know', () => {
    expect(check(invalidStage, piped('{luhn: {}}'), 'grafana/promtail:3.4.0')).toEqual([
      expect.stringMatching(/^info/),
    ]);
    expect(check(invalidStage, piped('{drop: {source: [a, b]}}'), 'grafana/promtail:3.4.0')).toEqual([]);
    expect(check(invalidStage, piped('{drop: {source: [a, b]}}'))).toHaveLength(1);
  });
});

describe('promtail/dead-timestamp', () => {
  it.each(['RFC3339', 'UnixMs', '2006-01-02T15:04:05.000Z07:00', '02/Jan/2006:15:04:05 -0700', 'Jan _2 15:04:05'])(
    'takes %s',
    (format) => expect(check(deadTimestamp, piped(`{timestamp: {source: job, format: "${format}"}}`))).toEqual([]),
  );
  it.each(['%d/%b/%Y', 'yyyy-MM-dd', 'YYYY-MM-DD HH:mm', 'RFC-time'])('refuses %s', (format) =>
    expect(check(deadTimestamp, piped(`{timestamp: {source: job, format: "${format}"}}`))).toHaveLength(1),
  );
});

describe('the sources of a job', () => {
  it.each([
    [
      'a path that relabelling makes',
      missingPath,
      'scrape_configs: [{job_name: a, static_configs: [{labels: {a: b}}], relabel_configs: [{target_label: __path__, replacement: /a}]}]',
    ],
    ['one push', sourcelessJob, 'scrape_configs: [{job_name: a, loki_push_api: {server: {http_listen_port: 3500}}}]'],
    [
      'two jobs that share out the lines',
      duplicateSource,
      `${piped('{drop: {expression: x}}')}  - job_name: b\n    static_configs: [{labels: {__path__: /var/log/a.log}}]\n`,
    ],
    [
      'jobs of different files',
      duplicateSource,
      `${piped('')}  - job_name: b\n    static_configs: [{labels: {__path__: /var/log/b.log}}]\n`,
    ],
    [
      'labels of the engine',
      unknownMetaLabel,
      'scrape_configs: [{job_name: a, docker_sd_configs: [{host: x}], relabel_configs: [{source_labels: [__meta_docker_container_label_com_docker_compose_service], target_label: a}]}]',
    ],
    [
      'labels that a step made',
      unknownMetaLabel,
      'scrape_configs: [{job_name: a, docker_sd_configs: [{host: x}], relabel_configs: [{target_label: __meta_dns_x, replacement: a}, {source_labels: [__meta_dns_x], target_label: a}]}]',
    ],
    [
      'fields of the journal',
      unknownMetaLabel,
      'scrape_configs: [{job_name: a, journal: {}, relabel_configs: [{source_labels: [__journal__systemd_unit], target_label: a}]}]',
    ],
    ['some labels', labelBudget, piped('{labels: {a: , b: , c: }}')],
    ['a label that is dropped again', unboundedLabel, piped('{labels: {trace_id: }}, {labeldrop: [trace_id]}')],
  ])('may be %s', (_, rule, config) => expect(check(rule, config)).toEqual([]));
});

describe('promtail/tenantless-client', () => {
  const client = (rest = ''): string => `clients: [{url: "http://loki:3100/loki/api/v1/push"${rest}}]\n`;
  const loki = { loki: 'image: grafana/loki:2.9.2\ncommand: -config.file=/l.yml' };
  it.each([
    ['a Loki whose file is in the image', client(), loki],
    ['a Loki that is told by a flag', client(), { loki: `${loki.loki} -auth.enabled=false` }],
    ['a client with a tenant', client(', tenant_id: a'), { loki: `${loki.loki} -auth.enabled=true` }],
    ['a client with headers', client(', headers: {X-Scope-OrgID: a}'), { loki: `${loki.loki} -auth.enabled=true` }],
  ])('is silent about %s', (_, config, more) => expect(check(tenantlessClient, config, undefined, more)).toEqual([]));
});
