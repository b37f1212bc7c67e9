import { readTemplate } from '../src/rules/support/template-texts.ts';
import { templateText } from './alertmanager/templates.ts';
import { type Compared, type Explanation, hold, settle, withGenuine } from './support/agreement.ts';
import { ask } from './support/ask.ts';
import { many } from './support/samples.ts';

const files = 25;

/** A configuration for each template: amtool reads the files that a configuration matches. */
function question(texts: readonly string[]): { args: string[]; files: Record<string, string> } {
  const written = texts.flatMap((text, index) => [
    [`${index}.yml`, `route: { receiver: a }\nreceivers: [{ name: a }]\ntemplates: [${index}.tmpl]\n`],
    [`${index}.tmpl`, text],
  ]);
  return { args: ['check-config', ...texts.map((_, index) => `${index}.yml`)], files: Object.fromEntries(written) };
}

const explanations: readonly Explanation<string>[] = [];

withGenuine('amtool', 'agrees on which template files parse', async (amtool) => {
  const texts = Array.from({ length: many(2000) }, (_, number) => templateText(number));
  const batches = Array.from({ length: Math.ceil(texts.length / files) }, (_, at) =>
    texts.slice(at * files, (at + 1) * files),
  );
  const answers = await ask(amtool, batches.map(question));
  const theirs = answers.flatMap(({ output }) => output.split(/^Checking '/m).slice(1));
  const compared = texts.map((text, index): Compared<string> => {
    const { problem } = readTemplate(text);
    const said = /FAILED: (.*)/.exec(theirs[index] ?? 'FAILED: no answer')?.[1];
    return {
      subject: text,
      ours: problem === undefined ? 'taken' : 'refused',
      theirs: said === undefined ? 'taken' : 'refused',
      shown: `theirs: ${said ?? ''}\nours: ${problem?.message ?? ''}\n${text}`,
    };
  });
  hold('amtool check-config with templates', settle(compared, explanations), 2000);
});
