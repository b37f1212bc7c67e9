import { describe, expect, it } from 'vitest';
import { templateReader } from './go-template.ts';

const read = templateReader(['toUpper', 'join']);

describe('templates of Go', () => {
  it.each([
    '',
    'plain { text }',
    '{{ .Status | toUpper }}',
    '{{- .Status -}} {{/* a comment */}} {{- /* another */ -}}',
    '{{ if eq .Status "firing" }}a{{ else if .Alerts }}b{{ else }}c{{ end }}',
    '{{ range $i, $a := .Alerts }}{{ $i }} {{ $a.Labels.x }}{{ else }}none{{ end }}',
    '{{ with .CommonLabels }}{{ .x }}{{ end }}',
    '{{ $x := 1 }}{{ $x = 2 }}{{ $x }}',
    '{{ (index .Alerts 0).Labels.x }}',
    '{{ define "a" }}{{ end }}{{ template "a" . }}{{ block "b" . }}{{ end }}',
    '{{ .Values | join ", " }} {{ printf "%d" 1.5 }} {{ "a\\"b" }} {{ `raw "x"` }} {{ \'c\' }}',
    '{{ and (not .x) (gt (len .Alerts) 1) }} {{ . }} {{ $ }} {{ true }} {{ range .Alerts }}{{ break }}{{ end }}',
  ])('takes %j', (text) => {
    expect(read(text).problem).toBeUndefined();
  });

  it.each([
    ['{{ .x', 'an action is not closed'],
    ['{{ range .Alerts }}', '"range" has no "end"'],
    ['{{ end }}', '"end" closes nothing'],
    ['{{ else }}', '"else" belongs to nothing'],
    ['{{ if }}{{ end }}', '"if" has no value'],
    ['{{ humanize .x }}', 'the function "humanize" is not defined'],
    ['{{ $x }}', 'the variable "$x" is not defined'],
    ['{{ if .x }}{{ $y := 1 }}{{ end }}{{ $y }}', 'the variable "$y" is not defined'],
    ['{{ "a }}', 'a quote is not closed'],
    ['{{ }}', 'an action has nothing in it'],
    ['{{/* a */ .x }}', 'a comment does not fill its action'],
    ['{{ | .x }}', 'a command is missing before "|"'],
    ['{{ end x }}', '"x" has no place in "end"'],
    ['{{ $x= 1 }}', '"=" has no place behind "$x"'],
    ['{{ eq 2x 1 }}', '"2x" is no number'],
    ['{{ print 1`x` }}', '`x` has no place right behind 1'],
    ['{{ print(.x) }}', '( has no place right behind print'],
    ['{{ .x | "a" }}', '"a" cannot stand after "|"'],
    ['{{ (.x }}', 'a parenthesis is not closed'],
    ['{{ .x) }}', '")" closes nothing'],
    ['{{ template x . }}', '"template" has no name in quotes'],
    ['{{ if .x }}{{ define "a" }}{{ end }}{{ end }}', '"define" stands inside of another block'],
    ['{{ break }}', '"break" is in no "range"'],
    ['{{ .x & .y }}', '"&" has no place in an action'],
  ])('refuses %j', (text, message) => {
    expect(read(text).problem?.message).toBe(message);
  });

  it('says what each dot is', () => {
    const text =
      '{{ .A }}{{ range .Alerts.Firing }}{{ .B }}{{ $.C.D }}{{ end }}{{ with .E }}{{ .F }}{{ else }}{{ .G }}{{ end }}';
    const fields = read(text).fields.map(({ path, dot }) => `${path.join('.')} ${dot}`);
    expect(fields).toEqual(['A data', 'Alerts.Firing data', 'B alert', 'C.D data', 'E data', 'F undefined', 'G data']);
  });

  it('says where names and fields stand', () => {
    const { defined, used, fields } = read('{{ define "a" }}{{ template "b" .x }}{{ $.y }}{{ end }}');
    expect(defined).toEqual([{ name: 'a', span: [10, 13] }]);
    expect(used).toEqual([{ name: 'b', span: [28, 31], inside: 'a' }]);
    expect(fields).toMatchObject([
      { path: ['x'], inside: 'a' },
      { path: ['y'], inside: 'a' },
    ]);
    expect(fields.every(({ dot }) => dot === undefined)).toBe(true);
  });
});
