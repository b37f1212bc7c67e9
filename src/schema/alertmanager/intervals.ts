import { noNulls } from '../facts.ts';
import { filled, shown, text } from '../scalars.ts';
import { list, type RecordFault, record, type Shape } from '../shape.ts';

type Mapping = Readonly<Record<string, unknown>>;
type Member = (text: string) => number | undefined;

const weekdayNames = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];
const monthNames = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
];

const numbered: Member = (word) => (/^[-+]?\d+$/.test(word) ? Number(word) : undefined);
const weekday: Member = (word) => indexIn(weekdayNames, word);
const month: Member = (word) => {
  const index = indexIn(monthNames, word);
  return index === undefined ? numbered(word) : index + 1;
};

function indexIn(names: readonly string[], word: string): number | undefined {
  const index = names.indexOf(word);
  return index === -1 ? undefined : index;
}

/** One member or two with a colon, the first not after the second. */
const range = (member: Member, what: string, wrong: (begin: number, end: number) => string | undefined): Shape =>
  text((written) => {
    const parts = written.toLowerCase().split(':');
    const [begin, end = begin] = parts.map(member);
    if (parts.length > 2 || begin === undefined || end === undefined) return `is ${shown(written)}, no ${what}`;
    const problem = wrong(begin, end);
    return problem === undefined ? undefined : `is ${shown(written)}, ${problem}`;
  });

const backwards = (begin: number, end: number): string | undefined =>
  begin > end ? 'which ends before it begins' : undefined;

/** Days from the end are negative; a month has 28 days at least. */
function daysWrong(begin: number, end: number): string | undefined {
  const outside = [begin, end].some((day) => day === 0 || day < -31 || day > 31);
  if (outside) return 'no days of a month';
  if (begin < 0 && end > 0) return 'which begins from the end of the month and ends from its start';
  const fromStart = (day: number): number => (day < 0 ? 28 + day : day);
  return fromStart(begin) > fromStart(end) ? 'which ends before it begins' : undefined;
}

const clock = text((written) =>
  minutesOf(written) === undefined ? `is ${shown(written)}, no time like 09:30` : undefined,
);

function minutesOf(written: unknown): number | undefined {
  const [, hours = '', minutes = ''] = /^(?:([01]\d|2[0-3]):([0-5]\d)|(?:24:00))$/.exec(String(written)) ?? [undefined];
  if (written === '24:00') return 1440;
  return hours === '' ? undefined : Number(hours) * 60 + Number(minutes);
}

const times = record(
  'a time of the day',
  { start_time: clock, end_time: clock },
  {
    required: ['start_time', 'end_time'],
    check: (value): RecordFault[] => {
      const [start, end] = [minutesOf(value['start_time']) ?? 0, minutesOf(value['end_time']) ?? 0];
      return start < end ? [] : [{ route: ['end_time'], wrong: 'is not after "start_time"' }];
    },
  },
);

const location = text((written) => {
  if (['', 'UTC', 'Local'].includes(written)) return undefined;
  try {
    if (!/^[+-]/.test(written)) new Intl.DateTimeFormat('en', { timeZone: written });
    else return `is ${shown(written)}, no time zone like Europe/Berlin`;
  } catch {
    return `is ${shown(written)}, no time zone like Europe/Berlin`;
  }
  return undefined;
});

const interval = record('a time interval', {
  times: list(times),
  weekdays: list(range(weekday, 'day of the week', backwards)),
  days_of_month: list(range(numbered, 'day of a month', daysWrong)),
  months: list(range(month, 'month', backwards)),
  years: list(range(numbered, 'year', backwards)),
  location,
});

/** `time_intervals` and the older `mute_time_intervals` (https://prometheus.io/docs/alerting/0.26/configuration/#time_interval). */
export const namedIntervals: Shape = list(
  record('a named time interval', { name: filled, time_intervals: list(interval) }, { required: ['name'] }),
  noNulls,
);

/** Names of the two lists that stand twice, which is refused. */
export function repeatedIntervals(value: Mapping): RecordFault[] {
  return repeatedNames(
    value,
    ['mute_time_intervals', 'time_intervals'],
    'is the name of a time interval before it too',
  );
}

/** Names that stand twice in one or several lists of mappings. */
export function repeatedNames(value: Mapping, keys: readonly string[], wrong: string): RecordFault[] {
  const seen = new Set<unknown>();
  return keys.flatMap((key) => {
    const held = value[key];
    return (Array.isArray(held) ? held : []).flatMap((item: unknown, index): RecordFault[] => {
      const name = typeof item === 'object' && item !== null && 'name' in item ? String(item.name) : '';
      if (!seen.has(name)) {
        seen.add(name);
        return [];
      }
      return [{ route: [key, index, 'name'], wrong: `"${name}" ${wrong}`, kind: 'conflict' }];
    });
  });
}
