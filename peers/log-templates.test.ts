import { logTemplateProblem } from '../src/query/log-templates.ts';
import { hold, settle, withGenuine } from './support/agreement.ts';
import { ask } from './support/ask.ts';
import { askedLoki } from './support/loki.ts';
import { choices, many } from './support/samples.ts';

const words =
  `ToUpper toUpper Upper upper lower Trim trimAll trimall trunc regexReplaceAll reReplaceAll Hash Sha2Hash sha256sum count
  urlencode bytes duration humanize unixEpoch unixEpochMillis alignLeft fromJson toJson date default ternary splitList
  __line__ __timestamp__ now printf len index eq and div subf quote title env`.split(/\s+/);

/** Templates of which many are wrong: a function that there is not, a block that is not closed, a sign too many. */
function templates(label: string, count: number): string[] {
  const draw = choices(label);
  const piped = (): string => `.x${Array.from({ length: draw.below(3) }, () => ` | ${draw.oneOf(words)}`).join('')}`;
  const shapes = [
    () => `a {{ ${piped()} }} b`,
    () => `{{ ${draw.oneOf(words)} .x 1 }}`,
    () => `{{ if ${piped()} }}yes{{ ${draw.oneOf(['end', 'else', 'end }}{{ end'])} }}`,
    () => `{{ range $i, $e := .x }}{{ ${draw.oneOf(['$e', '$f', '.y'])} }}{{ end }}`,
    () => `{{ ${draw.oneOf(['', '.x |', '"open', '(.x', '.x)', '.x..y', '$z'])} }}`,
    () => `{{- ${piped()} -}} {{ .y${draw.oneOf([' }}', ' }', ''])}`,
  ];
  return Array.from({ length: many(count) }, () => draw.oneOf(shapes)());
}

const verdict = (refused: boolean): string => (refused ? 'refused' : 'accepted');

withGenuine('loki', 'compiles the templates of lines that we take', async (loki) => {
  const texts = templates('line_format', 400);
  const compared = await askedLoki(loki, async (address) => {
    const now = Date.now();
    const pushed = await fetch(`${address}/loki/api/v1/push`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ streams: [{ stream: { a: 'b' }, values: [[`${now}000000`, 'x=1']] }] }),
    });
    if (pushed.status !== 204) throw new Error(`the line was not taken: ${pushed.status}`);
    const list = [];
    for (const text of texts) {
      const query = new URLSearchParams({
        query: `{a="b"} | line_format ${JSON.stringify(text)}`,
        start: `${now - 60_000}000000`,
        end: `${now + 60_000}000000`,
      });
      const answer = await fetch(`${address}/loki/api/v1/query_range?${query}`);
      const output = await answer.text();
      const problem = logTemplateProblem('loki', text)?.message ?? '';
      const shown = `${problem} | ${output.slice(0, 200)}\n${text}`;
      list.push({ subject: text, ours: verdict(problem !== ''), theirs: verdict(!answer.ok), shown });
    }
    return list;
  });
  hold('templates of Loki', settle(compared, []), 400);
});

withGenuine('promtail', 'builds the templates of stages that we take', async (promtail) => {
  const texts = templates('template', 120);
  const answers = await ask(
    promtail,
    texts.map((text) => ({
      args: ['-config.file=c.yml', '-dry-run', '-stdin', '-server.disable=true'],
      files: { 'c.yml': JSON.stringify(configuration(text)) },
    })),
  );
  const compared = texts.map((text, index) => {
    const { status = null, output = '' } = answers[index] ?? {};
    const problem = logTemplateProblem('promtail', text)?.message ?? '';
    const shown = `${problem} | ${output.slice(-200)}\n${text}`;
    return { subject: text, ours: verdict(problem !== ''), theirs: verdict(status !== 0), shown };
  });
  hold('templates of Promtail', settle(compared, []), 120);
});

const configuration = (template: string): unknown => ({
  clients: [{ url: 'http://127.0.0.1:1/' }],
  scrape_configs: [
    {
      job_name: 'a',
      static_configs: [{ labels: { job: 'a' } }],
      pipeline_stages: [{ template: { source: 'x', template } }],
    },
  ],
});
