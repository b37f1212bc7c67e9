import { describe, expect, it } from 'vitest';
import { alertmanager, composeOf, prometheus, told } from '../test-support.ts';
import { invalidTemplate } from './invalid-template.ts';
import { undefinedTemplate } from './undefined-template.ts';
import { ungroupedLabel } from './ungrouped-label.ts';
import { unknownField } from './unknown-field.ts';
import { unsetAnnotation } from './unset-annotation.ts';
import { unusedTemplate } from './unused-template.ts';

interface Parts {
  readonly image?: string;
  readonly file?: string;
  readonly group?: string;
  readonly more?: Readonly<Record<string, string>>;
}

const files = (title: string, { image = 'v0.26.0', file, group = '[alertname]', more = {} }: Parts = {}) => ({
  'compose.yml': composeOf({
    alertmanager: `${alertmanager.replace('v0.26.0', image)}\n  - ./t:/etc/alertmanager/t`,
    prometheus: `${prometheus}\n  - ./a.yml:/etc/prometheus/a.yml`,
  }),
  'prometheus.yml':
    "rule_files: [a.yml]\nalerting: {alertmanagers: [{static_configs: [{targets: ['alertmanager:9093']}]}]}\n",
  'a.yml': 'groups: [{name: a, rules: [{alert: A, expr: sum by (job) (up) == 0, annotations: {summary: s}}]}]\n',
  'alertmanager.yml': `route: {receiver: r, group_by: ${group}}\ntemplates: [t/*.tmpl]\nreceivers:\n  - name: r\n    slack_configs:\n      - channel: c\n        title: '${title}'\n`,
  ...(file === undefined ? {} : { 't/a.tmpl': file }),
  ...more,
});

describe('alertmanager/undefined-template', () => {
  it.each<[string, Parts]>([
    ['{{ template "slack.default.title" . }}', { file: '' }],
    ['{{ template "a" . }}', { file: '{{ define "a" }}{{ end }}' }],
    ['{{ define "b" }}{{ end }}{{ template "b" . }}', { file: '' }],
    ['{{ block "b" . }}{{ end }}', { file: '' }],
  ])('is silent about %s', (title, parts) => {
    expect(told(undefinedTemplate, files(title, parts))).toEqual([]);
  });

  it('finds what is used in a receiver and in a file', () => {
    const found = told(
      undefinedTemplate,
      files('{{ template "a" . }}', { file: '{{ define "a" }}{{ template "b" }}{{ end }}' }),
    );
    expect(found).toEqual([expect.stringMatching(/^error t\/a.tmpl:1 Template "b"/)]);
  });

  it('only tells where a file is missing, or a later version may bring it', () => {
    expect(told(undefinedTemplate, files('{{ template "a" . }}'))).toEqual([expect.stringMatching(/^info /)]);
    const later = files('{{ template "jira.default.summary" . }}', { image: 'v0.28.0', file: '' });
    expect(told(undefinedTemplate, later)).toEqual([expect.stringMatching(/^info .*a later version/)]);
  });
});

describe('alertmanager/unused-template', () => {
  it('is silent about what is used and about what replaces a default', () => {
    const file =
      '{{ define "a" }}{{ template "b" }}{{ end }}{{ define "b" }}{{ end }}{{ define "slack.default.text" }}{{ end }}';
    expect(told(unusedTemplate, files('{{ template "a" . }}', { file }))).toEqual([]);
  });

  it('finds what only uses itself', () => {
    const file = '{{ define "a" }}{{ template "a" }}{{ end }}';
    expect(told(unusedTemplate, files('x', { file }))).toHaveLength(1);
  });
});

describe('alertmanager/invalid-template', () => {
  it('only tells of a function that a later version may have', () => {
    const title = '{{ .Status | humanizeDuration }}';
    expect(told(invalidTemplate, files(title))).toEqual([expect.stringMatching(/^error /)]);
    expect(told(invalidTemplate, files(title, { image: 'v0.28.0' }))).toEqual([expect.stringMatching(/^info /)]);
    expect(told(invalidTemplate, files('{{ end }}', { image: 'v0.28.0' }))).toEqual([expect.stringMatching(/^error /)]);
  });
});

describe('alertmanager/unknown-field', () => {
  it.each([
    '{{ range .Alerts }}{{ .Labels.a }}{{ $.CommonLabels.b }}{{ end }}',
    '{{ range $i, $a := .Alerts.Firing }}{{ $a.Labels.x }}{{ .StartsAt }}{{ end }}',
    '{{ range .CommonLabels.SortedPairs }}{{ .Name }}{{ end }}',
    '{{ with index .Alerts 0 }}{{ .Labels.a }}{{ end }}',
    '{{ (index .Alerts 0).Annotations.summary }}',
    '{{ define "x" }}{{ .Labels }}{{ end }}',
    '{{ len .Alerts }} {{ .Receiver }} {{ .ExternalURL }}',
  ])('is silent about %s', (title) => {
    expect(told(unknownField, files(title))).toEqual([]);
  });

  it('leaves a later version what it may have added', () => {
    expect(told(unknownField, files('{{ .NotificationReason }}', { image: 'v0.30.0' }))).toEqual([]);
    expect(told(unknownField, files('{{ .NotificationReason }}'))).toHaveLength(1);
    expect(told(unknownField, files('{{ .Labels.x }}', { image: 'v0.30.0' }))).toHaveLength(1);
  });
});

describe('alertmanager/ungrouped-label', () => {
  it.each<[string, string, number]>([
    ['{{ .GroupLabels.alertname }}', '[alertname]', 0],
    ['{{ .GroupLabels.job }}', '["..."]', 0],
    ['{{ .GroupLabels.SortedPairs.Values }}', '[]', 0],
    ['{{ .GroupLabels.job }}', '[alertname]', 1],
    ['{{ range .Alerts }}{{ $.GroupLabels.job }}{{ end }}', '[]', 1],
  ])('%s grouped by %s', (title, group, count) => {
    expect(told(ungroupedLabel, files(title, { group }))).toHaveLength(count);
  });
});

describe('alertmanager/unset-annotation', () => {
  it.each<[string, number]>([
    ['{{ .CommonAnnotations.summary }}', 0],
    ['{{ .CommonLabels.job }} {{ .CommonLabels.alertname }}', 0],
    ['{{ .CommonAnnotations.SortedPairs }}', 0],
    ['{{ .CommonAnnotations.description }}', 1],
    ['{{ .CommonLabels.instance }}', 1],
    ['{{ range .Alerts }}{{ .Annotations.description }}{{ end }}', 1],
    ['{{ if .CommonAnnotations.description }}{{ .CommonAnnotations.description }}{{ end }}', 0],
    ['{{ range .Alerts }}{{ with .Annotations.runbook }}{{ . }}{{ end }}{{ end }}', 0],
    ['{{ if .CommonAnnotations.sumary }}x{{ end }}', 1],
  ])('%s', (title, count) => {
    expect(told(unsetAnnotation, files(title))).toHaveLength(count);
  });

  it('says nothing where alerts may come that are not known', () => {
    const more = {
      'prometheus.yml':
        "rule_files: [a.yml, b.yml]\nalerting: {alertmanagers: [{static_configs: [{targets: ['alertmanager:9093']}]}]}\n",
    };
    expect(told(unsetAnnotation, files('{{ .CommonAnnotations.description }}', { more }))).toEqual([]);
  });
});
