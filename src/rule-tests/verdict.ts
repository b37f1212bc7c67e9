import type { Input, Inputs } from './inputs.ts';
import { reachable } from './labels.ts';
import { numbersOf } from './numbers.ts';
import { mostCopies } from './population.ts';
import type { FiredAlert, TestResult } from './promtool-output.ts';
import { indexAt, valueAt } from './shape.ts';
import type { AlertUnderTest } from './under-test.ts';
import { named } from './unit-test.ts';

/** What is known of an alert. `settled` is whether another round has nothing to add. */
export interface AlertVerdict {
  readonly settled: boolean;
  /** Unit tests that promtool ran and that told something. */
  readonly looked: number;
  readonly problems: readonly string[];
  /** Why it cannot be told. */
  readonly unknown?: string;
  /** What the silent case is, where it is less than other values of the same series. */
  readonly note?: string;
}

/** What promtool was asked about an alert in one round, by what it is to show. */
export interface Asked {
  readonly firing: Input;
  readonly silent?: Inputs['silent'];
  /** Inputs that show that nothing keeps the alert from firing, where no silent one was found. */
  readonly always: readonly Input[];
  /** The spacing at which the samples come more often than they are scraped; undefined where they come as they are. */
  readonly denser?: number;
}

/** What promtool was asked, and what it answered to each input. */
export interface Answers extends Asked {
  readonly results: (input: Input) => TestResult | undefined;
}

const open = (unknown: string): AlertVerdict => ({ settled: false, looked: 0, problems: [], unknown });
const failed = (looked: number, problem: string): AlertVerdict => ({ settled: true, looked, problems: [problem] });

/** What promtool's answers say of an alert: it fires when it should, after `for` and no sooner, and is silent when it should. */
export function told(alert: AlertUnderTest, answers: Answers): AlertVerdict {
  const { firing, silent, always, denser, results } = answers;
  const fires = results(firing);
  if (fires === undefined) return open('promtool said nothing of its test');
  if (fires.errors.length > 0) return open(`promtool cannot evaluate it: ${fires.errors.join('; ')}`);
  if (fires.fired.length === 0)
    return open(`promtool sees it silent on input that should make it fire: ${shown(firing)}`);
  if (denser !== undefined)
    return failed(
      1,
      `it never fires at the interval its series are scraped at, only with a sample every ${denser}s: its range is too short`,
    );
  const faults = fires.fired.flatMap((one) => templateFaults(alert, one));
  const problems = [...new Set(faults)];
  if (alert.for > 0 && !waited(alert, firing, fires))
    return open(`promtool sees it fire, but not that it waits for ${alert.for}s`);
  if (silent === undefined) {
    const others = always.map(results);
    if (others.length > 0 && isSmall(alert) && others.every((one) => one !== undefined && one.fired.length > 0))
      return failed(
        1 + others.length,
        `it fires whatever its series are: with all of them as they are while all is well (${always.map(shown)[0]}), and with none at all`,
      );
    if (others.length > 0) return open('no input was found for which it stays silent');
    return { settled: true, looked: 1, problems, note: 'it asks for no series and fires for ever' };
  }
  const quiet = results(silent.input);
  if (quiet === undefined || quiet.errors.length > 0)
    return open(`promtool cannot evaluate the silent case: ${quiet?.errors.join('; ') ?? 'no answer'}`);
  if (quiet.fired.length > 0)
    return open(`promtool sees it fire on input that should leave it silent: ${shown(silent.input)}`);
  const note = {
    values: undefined,
    absent: 'silent where some of its series are not there',
    nothing: 'silent where none of its series are there',
  }[silent.healthy];
  return { settled: true, looked: 2, problems, ...(note === undefined ? {} : { note }) };
}

/** From the evaluation that first found the condition to the last that left the alert pending, and one more. */
function waited(alert: AlertUnderTest, { clock }: Input, { since, pending }: TestResult): boolean {
  return since !== undefined && pending !== undefined && pending + clock.interval - since >= alert.for;
}

/** Whether an alert could ask for more series than are made here: then nothing is said against it. */
function isSmall({ expr, recorded }: AlertUnderTest): boolean {
  return numbersOf(reachable({ expr, recorded })).thresholds.every((one) => one < mostCopies);
}

/** What went wrong with a text: https://prometheus.io/docs/prometheus/2.47/configuration/template_reference/. */
function templateFaults(alert: AlertUnderTest, { labels, annotations }: FiredAlert): string[] {
  if (alert.asksQueries) return [];
  const texts = [
    ...Object.entries(labels).map(([name, text]) => ['label', name, text]),
    ...Object.entries(annotations).map(([name, text]) => ['annotation', name, text]),
  ];
  return texts.flatMap(([kind, name, text = '']) => {
    const fault = /<error expanding template: [^>]*>?|<no value>/.exec(text)?.[0];
    if (fault === undefined || isMadeUp(text, labels)) return [];
    return [`${kind} "${name}" comes out as ${JSON.stringify(text.slice(0, 200))}`];
  });
}

/** Whether a text complains of a label's value that was made up here: the real one may be a number. */
function isMadeUp(text: string, labels: FiredAlert['labels']): boolean {
  return Object.entries(labels).some(([name, value]) => value.startsWith(`${name}-`) && text.includes(value));
}

/** The input in a few words: each series with its last value. */
function shown({ clock, series }: Input): string {
  const all = series.map(
    ({ labels, shape }) =>
      `${named(labels)} ${shape.kind === 'flat' ? 'at' : 'ends at'} ${valueAt(shape, clock, indexAt(clock, clock.end)) ?? 'nothing'}`,
  );
  return all.length === 0
    ? 'no series'
    : `${all.slice(0, 4).join(', ')}${all.length > 4 ? ` and ${all.length - 4} more` : ''}`;
}
