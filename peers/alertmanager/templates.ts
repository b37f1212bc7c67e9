import { type Choices, choices } from '../support/samples.ts';

const pieces = [
  '{{',
  '}}',
  '{{-',
  '-}}',
  ' ',
  '.',
  '.Status',
  '.Alerts',
  '$',
  '$x',
  ':=',
  '=',
  '|',
  '(',
  ')',
  ',',
  '"a"',
  '"',
  '`b`',
  "'c'",
  '1',
  '1.5',
  'if',
  'else',
  'end',
  'range',
  'with',
  'define',
  'block',
  'template',
  'break',
  'toUpper',
  'join',
  'humanize',
  'eq',
  'true',
  'nil',
  'text',
  '/* c */',
];

const wholes = [
  '{{ define "a" }}{{ if eq .Status "firing" }}{{ .Status | toUpper }}{{ else if .Alerts }}b{{ else }}{{ .x }}{{ end }}{{ end }}',
  '{{ range $i, $a := .Alerts }}{{ $i }}{{ $a.Labels.x }}{{ else }}none{{ end }}{{- /* c */ -}}',
  '{{ $x := 1 }}{{ $x = (len .Alerts) }}{{ with $y := .A }}{{ $y }}{{ . }}{{ end }}{{ template "a" . }}',
  '{{ block "b" . }}{{ .Values | join ", " | toUpper }}{{ end }}{{ printf "%d %s" 1 `x` | print }}{{ (index .Alerts 0).Labels.x }}',
  '{{ range .Alerts }}{{ if .x }}{{ break }}{{ end }}{{ continue }}{{ end }}{{ and (not .x) (gt 2 1) }}',
];

/** A text that is a template or nearly one, the same for the same number. */
export function templateText(number: number): string {
  const choose = choices(`template ${number}`);
  let text = choose.oneOf(wholes);
  const times = choose.below(4);
  for (let time = 0; time < times; time += 1) text = changed(text, choose);
  return text;
}

function changed(text: string, choose: Choices): string {
  const parts = text.match(/\{\{-?|-?\}\}|\$?[\w.]+|"[^"]*"|\s+|./g) ?? [];
  const at = choose.below(parts.length);
  const what = choose.below(4);
  const piece =
    what === 0
      ? []
      : what === 1
        ? [choose.oneOf(pieces)]
        : what === 2
          ? [parts[at] ?? '', ' ', choose.oneOf(pieces)]
          : [parts[at] ?? '', parts[at] ?? ''];
  return [...parts.slice(0, at), ...piece, ...parts.slice(at + 1)].join('');
}
