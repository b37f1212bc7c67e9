import { expect } from 'vitest';
import { ruleTemplateProblem } from '../src/query/rule-template.ts';
import { hold, settle, withGenuine } from './support/agreement.ts';
import { ask } from './support/ask.ts';
import type { Genuine } from './support/genuine.ts';
import { choices, many } from './support/samples.ts';

const together = 50;

const whole = [
  '{{ $labels.instance }} is down',
  'Load {{ $value | humanize }} on {{ .Labels.instance }}',
  '{{ printf "%.2f" $value }}%',
  '{{ if gt $value 5.0 }}much{{ else if lt $value 1.0 }}little{{ else }}some{{ end }}',
  '{{ with query "up" }}{{ . | first | value }}{{ end }}',
  '{{ range $i, $e := query "up" }}{{ $e.Labels.job }}{{ end }}',
  '{{- /* a comment */ -}} text',
  '{{ $externalLabels.site }} {{ $externalURL }} {{ externalURL }}',
  '{{ define "t" }}a{{ end }}{{ template "t" . }}',
  '{{ $x := 5 }}{{ $x }}',
  '{{ (query "up" | first).Value }}',
  '{{ index $labels "a" }} {{ len "a" }} {{ not true }}',
  '{{ reReplaceAll "a(.*)" "$1" $labels.x | toUpper }}',
  '{{ humanizePercentage ($value) }} {{ humanizeDuration 5 }} {{ toTime $value }}',
  '{{-3}} {{ 0x1F }} {{ `raw` }} {{ nil }}',
  '{{ range query "up" }}{{ if eq .Value 0.0 }}{{ continue }}{{ end }}{{ break }}{{ end }}',
];
const parts =
  '{{ }} {{end}} {{else}} | ( ) $ . $labels $x := " ` - humanize end if 5 foo , = { } range {{- -}} with [ true nil toLower'.split(
    ' ',
  );

function samples(): string[] {
  const choose = choices('templates');
  const all = new Set(whole);
  while (all.size < many(1500)) {
    let text = choose.oneOf(whole) + (choose.chance(30) ? choose.oneOf(whole) : '');
    for (let left = 1 + choose.below(2); left > 0; left -= 1) {
      const from = choose.below(text.length + 1);
      const to = Math.min(text.length, from + choose.below(4));
      const put = choose.chance(30) ? '' : choose.oneOf(parts);
      text = text.slice(0, from) + (choose.chance(50) ? ` ${put} ` : put) + text.slice(choose.chance(60) ? from : to);
    }
    all.add(text);
  }
  return [...all];
}

/** promtool says SUCCESS of each file of rules that it can read. */
async function verdicts(promtool: Genuine, texts: readonly string[]): Promise<string[]> {
  const names = texts.map((_, index) => `t${index}.yml`);
  const questions = Array.from({ length: Math.ceil(texts.length / together) }, (_, page) => {
    const args = names.slice(page * together, (page + 1) * together);
    const files = args.map((name, index) => [name, ruleFile(texts[page * together + index] ?? '')] as const);
    return { args: ['check', 'rules', ...args], files: Object.fromEntries(files) };
  });
  const output = (await ask(promtool, questions)).map((answer) => answer.output).join('');
  const accepted = new Set([...output.matchAll(/Checking (t\d+\.yml)\s+SUCCESS/g)].map(([, name]) => name));
  return names.map((name) => (accepted.has(name) ? 'accepts' : 'refuses'));
}

function ruleFile(summary: string): string {
  return JSON.stringify({ groups: [{ name: 'g', rules: [{ alert: 'A', expr: 'up', annotations: { summary } }] }] });
}

withGenuine('promtool', 'takes and refuses the same templates as we do', async (promtool) => {
  const texts = samples();
  const theirs = await verdicts(promtool, texts);
  const taken = theirs.filter((verdict) => verdict === 'accepts').length;
  expect(Math.min(taken, texts.length - taken), 'cases of the rarer verdict').toBeGreaterThan(200);
  const compared = texts.map((text, index) => ({
    subject: text,
    ours: ruleTemplateProblem(text) === undefined ? 'accepts' : 'refuses',
    theirs: theirs[index] ?? 'refuses',
    shown: JSON.stringify(text),
  }));
  hold('templates of rules, promtool', settle(compared, []), 1000);
});
