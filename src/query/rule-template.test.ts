import { describe, expect, it } from 'vitest';
import { ruleTemplateProblem } from './rule-template.ts';

describe('ruleTemplateProblem', () => {
  it.each([
    'no { template }} at all',
    '{{ $labels.instance }}} of {',
    '{{- /* a comment */ -}} x',
    '{{ printf "%.2f" $value }}%',
    '{{ if gt $value 5.0 }}a{{ else if lt $value 1.0 }}b{{ else }}c{{ end }}',
    '{{ range $i, $e := query "up" }}{{ $e.Labels.job }}{{ break }}{{ end }}',
    '{{ (query "up" | first).Value | humanize }}',
    '{{ define "x" }}a{{ end }}{{ template "x" . }}',
    '{{ $x := index $labels "a" }}{{ $x }}',
    '{{-3}} {{ 0x1F }} {{ 1.5e3 }} {{ nil }} {{ . }}',
    '{{ .Labels.job }} {{ .ExternalLabels.site }} {{ $externalURL }}',
    '{{ $value|humanize }}',
  ])('takes %s', (text) => {
    expect(ruleTemplateProblem(text)).toBeUndefined();
  });

  it.each([
    '{{ $value',
    '{{ $labels["job"] }}',
    '{{ $nope }}',
    '{{ labels.job }}',
    '{{ end }}',
    '{{ else }}',
    '{{ if }}a{{ end }}',
    '{{ if true }}',
    '{{ $value | humanise }}',
    '{{ 1 | 2 }}',
    '{{ with $y := 1 }}{{ end }}{{ $y }}',
  ])('refuses %s', (text) => {
    expect(ruleTemplateProblem(text)?.message).toBeDefined();
  });
});
