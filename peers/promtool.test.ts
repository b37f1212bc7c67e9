import { expect } from 'vitest';
import {
  configurations,
  jobFiles,
  oddities,
  ruleFiles,
  ruleOddities,
  targetFiles,
  withMutants,
} from './prometheus/cases.ts';
import { explainedConfigurations, explainedRuleFiles, explainedTrees } from './prometheus/explained.ts';
import { ours, promtools, refusingConfigurations, refusingRuleFiles, refusingTrees } from './prometheus/verdicts.ts';
import { hold, settle, withGenuine } from './support/agreement.ts';
import { ask } from './support/ask.ts';

withGenuine('promtool', 'has our verdict on configurations', async (promtool) => {
  const cases = [...withMutants(configurations(), 2000, 'prometheus.yml'), ...oddities()];
  const texts = cases.map(({ text }) => text);
  const theirs = await promtools(promtool, ['check', 'config', '--syntax-only'], texts);
  const compared = cases.map((subject, index) => {
    const mine = ours({ 'prometheus.yml': subject.text }, refusingConfigurations);
    const other = theirs[index] ?? { verdict: 'crashes', words: 'no answer' };
    return {
      subject: { ...subject, ours: mine.words, theirs: other.words },
      ours: mine.verdict,
      theirs: other.verdict,
      shown: `${subject.what}\n  ours: ${mine.words}\n  theirs: ${other.words}`,
    };
  });
  hold('promtool check config --syntax-only', settle(compared, explainedConfigurations), 2000);
});

withGenuine('promtool', 'has our verdict on rule files', async (promtool) => {
  const cases = [...withMutants(ruleFiles(), 1500, 'rules.yml'), ...ruleOddities()];
  const texts = cases.map(({ text }) => text);
  const theirs = await promtools(promtool, ['check', 'rules', '--lint=none'], texts);
  // By name promtool 2.47 answers 0 for a file that does not parse, though without "SUCCESS"; standard input says it plainly.
  const some = texts.slice(0, 60);
  const direct = await ask(
    promtool,
    some.map((input) => ({ args: ['check', 'rules', '--lint=none'], input })),
  );
  const statuses = direct.map(({ status }) => (status === 0 ? 'accepts' : 'refuses'));
  expect(statuses).toEqual(theirs.slice(0, some.length).map(({ verdict }) => verdict));
  const config = 'rule_files: [rules.yml]\n';
  const compared = cases.map((subject, index) => {
    const mine = ours({ 'prometheus.yml': config, 'rules.yml': subject.text }, refusingRuleFiles);
    const other = theirs[index] ?? { verdict: 'crashes', words: 'no answer' };
    return {
      subject: { ...subject, ours: mine.words, theirs: other.words },
      ours: mine.verdict,
      theirs: other.verdict,
      shown: `${subject.what}\n  ours: ${mine.words}\n  theirs: ${other.words}`,
    };
  });
  hold('promtool check rules', settle(compared, explainedRuleFiles), 1500);
});

withGenuine('promtool', 'has our verdict on the files a configuration names', async (promtool) => {
  const config = `scrape_config_files: [jobs.yml]
scrape_configs:
  - job_name: main
    file_sd_configs: [{files: [targets.yml]}]
`;
  const [jobs, targets] = [withMutants(jobFiles(), 90, 'jobs.yml'), withMutants(targetFiles(), 90, 'targets.yml')];
  const [job, target] = [jobs[0]?.text ?? '', targets[0]?.text ?? ''];
  const cases = [
    ...jobs.map((subject) => ({ ...subject, files: { 'jobs.yml': subject.text, 'targets.yml': target } })),
    ...targets.map((subject) => ({ ...subject, files: { 'jobs.yml': job, 'targets.yml': subject.text } })),
  ].map((one) => ({ ...one, files: { ...one.files, 'prometheus.yml': config } }));
  const answers = await ask(
    promtool,
    cases.map(({ files }) => ({ args: ['check', 'config', 'prometheus.yml'], files })),
  );
  const compared = cases.map(({ files, ...subject }, index) => {
    const mine = ours(files, refusingTrees);
    const { status, output } = answers[index] ?? { status: null, output: 'no answer' };
    return {
      subject: { ...subject, ours: mine.words, theirs: output },
      ours: mine.verdict,
      theirs: status === 0 ? 'accepts' : 'refuses',
      shown: `${subject.what}\n  ours: ${mine.words}\n  theirs: ${output}`,
    };
  });
  hold('promtool check config', settle(compared, explainedTrees), 180);
});
