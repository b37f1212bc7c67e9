import { commandLines, ourVerdict, theirVerdict } from './prometheus/command-lines.ts';
import { hold, settle, withGenuine } from './support/agreement.ts';
import { ask } from './support/ask.ts';

withGenuine('prometheus', 'has our verdict on command lines', async (prometheus) => {
  const cases = commandLines(300);
  const answers = await ask(
    prometheus,
    cases.map((words) => ({ args: ['--config.file=not-there.yml', ...words] })),
  );
  const compared = cases.map((subject, index) => {
    const mine = ourVerdict(subject);
    const other = theirVerdict(answers[index]?.output ?? '');
    return {
      subject,
      ours: mine.verdict,
      theirs: other.verdict,
      shown: `${subject.join(' ')}\n  ours: ${mine.words}\n  theirs: ${other.words}`,
    };
  });
  hold('prometheus on its flags', settle(compared, []), 300);
});
