import { type Choices, choices } from '../support/samples.ts';

type Place = readonly (string | number)[];

/** Scalars of every kind, and texts that are right or nearly right for some key. */
const scalars: readonly unknown[] = [
  '',
  'x',
  '0',
  0,
  1,
  -1,
  1.5,
  true,
  false,
  null,
  '5m',
  '5 m',
  '1h30m',
  '30m1h',
  '1d',
  '10',
  '1.5h',
  'http://a:1/x',
  'https://h/%zz',
  'ftp://h/x',
  'h:1',
  ':25',
  'h',
  'h:',
  '[::1]:25',
  'a:b:c',
  '//h/x',
  'http:///x',
  'http://h:port/',
  'http://a b/',
  '${HOST}',
  '<secret>',
  'a="b"',
  'a=b,c=d',
  'a=~"("',
  'a=~"(b|c)"',
  'a="b',
  '{a="b"}',
  'a:b',
  '=b',
  '...',
  'alertname',
  '1a',
  'a-b',
  '(',
  '[a',
  'a{2,1}',
  '09:00',
  '9:00',
  '24:00',
  'monday',
  'friday:monday',
  'Monday:Friday',
  'june:may',
  '31',
  '32',
  '-1:1',
  '-5:-1',
  '2030:2020',
  'Europe/Berlin',
  'Mars/Olympus',
  'TLS13',
  'SSL3',
  'basic',
  'markdown',
  'HTML',
  'team',
  'default',
  'nobody',
  'night',
];

const keys = [
  'x',
  'url_file',
  'api_url_file',
  'api_key',
  'bearer_token',
  'basic_auth',
  'matchers',
  'match',
  'name',
  'routes',
  'http_config',
  'send_resolved',
  'credentials',
  'ca',
  'key',
  'to',
  'continue',
  'receiver',
  'mute_time_intervals',
  'proxy_from_environment',
];

/** One configuration made of another by one to three changes, the same for the same number. */
export function mutated(whole: unknown, number: number): unknown {
  const choose = choices(`alertmanager ${number}`);
  const value: unknown = structuredClone(whole);
  // Most have one change: a file with several is nearly always refused.
  const times = choose.chance(70) ? 1 : 1 + choose.below(3);
  for (let time = 0; time < times; time += 1) change(value, choose);
  return value;
}

function change(root: unknown, choose: Choices): void {
  const place = choose.oneOf(placesOf(root, []).filter((one) => one.length > 0));
  const parent = valueAt(root, place.slice(0, -1));
  const last = place.at(-1) ?? '';
  if (Array.isArray(parent) && typeof last === 'number') changeList(parent, last, choose);
  else if (isMapping(parent)) changeMapping(parent, String(last), choose);
}

function changeList(list: unknown[], index: number, choose: Choices): void {
  const what = choose.below(6);
  if (what === 0 || what === 5) list.splice(index, 1);
  else if (what === 1) list.push(structuredClone(list[index]));
  else list[index] = other(list[index], choose);
}

function changeMapping(mapping: Record<string, unknown>, key: string, choose: Choices): void {
  const what = choose.below(10);
  const held = mapping[key];
  if (what === 0 || what > 6) delete mapping[key];
  else if (what === 1) {
    delete mapping[key];
    mapping[misspelt(key, choose)] = held;
  } else if (what === 2) mapping[choose.oneOf(keys)] = other(held, choose);
  else if (what === 3) {
    const twin = key.endsWith('_file') ? key.slice(0, -5) : `${key}_file`;
    mapping[twin] = 'http://h/x';
  } else mapping[key] = other(held, choose);
}

function other(held: unknown, choose: Choices): unknown {
  const what = choose.below(20);
  if (what === 0) return [structuredClone(held)];
  if (what === 1) return { a: structuredClone(held) };
  if (what === 2) return {};
  if (what === 3) return [];
  return choose.oneOf(scalars);
}

function misspelt(key: string, choose: Choices): string {
  const at = choose.below(key.length);
  return choose.chance(50) ? `${key.slice(0, at)}${key.slice(at + 1)}` : `${key}s`;
}

function placesOf(value: unknown, at: Place): Place[] {
  const below = Array.isArray(value)
    ? value.flatMap((item: unknown, index) => placesOf(item, [...at, index]))
    : isMapping(value)
      ? Object.entries(value).flatMap(([key, item]) => placesOf(item, [...at, key]))
      : [];
  return [at, ...below];
}

function valueAt(value: unknown, at: Place): unknown {
  return at.reduce<unknown>((here, step) => {
    if (Array.isArray(here) && typeof step === 'number') return here[step];
    return isMapping(here) ? here[step] : undefined;
  }, value);
}

function isMapping(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
