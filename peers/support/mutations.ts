import { parse, stringify } from 'yaml';
import type { Choices } from './samples.ts';

/** A text made wrong, or nearly so, and what was done to it. */
export interface Mutant {
  readonly text: string;
  readonly what: string;
}

/** What mutations are made of besides the text itself: keys the program knows or nearly knows, values of every kind. */
export interface Vocabulary {
  readonly keys: readonly string[];
  readonly values: readonly unknown[];
}

/** Values that are wrong in most places and right in some. */
export const oddValues: readonly unknown[] = [
  null,
  '',
  {},
  [],
  0,
  -1,
  1.5,
  80,
  '80',
  true,
  'true',
  'yes',
  'text',
  [null],
  ['a', 'b'],
  [[]],
  { a: 'b' },
  '15s',
  '5 minutes',
  '1h30m',
  '30m1h',
  '10',
  '1.5h',
  '(unclosed',
  '(?!never)x',
  '[a-z',
  'a|b',
  'http://a.example:90/x',
  'http://a b/',
  '127.0.0.1:9090',
  ':9090',
  'http://a:port',
  '%zz',
  '/absolute/path',
  'with-dash',
  '9lives',
  'Ünïcode',
  '${VARIABLE}',
  '{{ $labels.job }}',
  '{{ $labels.job',
  '{{ $nobody }}',
  '{{ humanise $value }}',
  '{{ if eq $value 1.0 }}a{{ else }}b{{ end }}',
  '{{ range query "up" }}{{ . }}',
  '{{ $value | printf "%.2f" }} {{ end }}',
  '*',
  'a/*/b.yml',
];

type Step = string | number;
type Container = Record<string, unknown> | unknown[];

interface Spot {
  readonly parent: Container;
  readonly key: Step;
  readonly path: string;
}

/** A mutant of a YAML text: mostly of its values, at times of its lines. */
export function mutate(text: string, choices: Choices, words: Vocabulary): Mutant {
  if (choices.chance(20)) return ofLines(text, choices);
  const value: unknown = parse(text);
  const done = [ofValues(value, choices, words)];
  if (choices.chance(20)) done.push(ofValues(value, choices, words));
  return { text: stringify(value), what: done.join('; ') };
}

function spotsOf(value: unknown, path = ''): Spot[] {
  if (!isContainer(value)) return [];
  const keys: Step[] = Array.isArray(value) ? [...value.keys()] : Object.keys(value);
  return keys.flatMap((key) => {
    const here = `${path}/${key}`;
    return [{ parent: value, key, path: here }, ...spotsOf(get(value, key), here)];
  });
}

function ofValues(value: unknown, choices: Choices, words: Vocabulary): string {
  const spots = spotsOf(value);
  if (spots.length === 0) return 'nothing to change';
  const spot = choices.oneOf(spots);
  const other = choices.oneOf(spots);
  const { parent, key, path } = spot;
  const here = get(parent, key);
  switch (choices.below(11)) {
    case 0:
      drop(parent, key);
      return `${path} deleted`;
    case 1: {
      const name = typo(String(key), choices);
      rename(parent, key, name);
      return `${path} renamed to ${name}`;
    }
    case 2: {
      const name = choices.oneOf(words.keys);
      rename(parent, key, name);
      return `${path} renamed to the known key ${name}`;
    }
    case 3: {
      const target = isContainer(here) && !Array.isArray(here) ? here : Array.isArray(parent) ? undefined : parent;
      const name = choices.oneOf(words.keys);
      const added = choices.oneOf([...words.values, get(other.parent, other.key)].map((one) => ({ one }))).one;
      if (target === undefined) return `${path} left`;
      target[name] = structuredClone(added);
      return `${name}: ${JSON.stringify(added)} added at ${path}`;
    }
    case 4:
      set(parent, key, [here]);
      return `${path} put into a list`;
    case 5:
      set(
        parent,
        key,
        Array.isArray(here)
          ? (here[0] ?? null)
          : isContainer(here)
            ? Object.keys(here).join(' ')
            : { [String(here)]: here },
      );
      return `${path} made another kind`;
    case 6: {
      const there = get(other.parent, other.key);
      if (contains(here, other.parent) || contains(there, parent)) return `${path} left`;
      set(parent, key, there);
      set(other.parent, other.key, here);
      return `${path} and ${other.path} swapped`;
    }
    case 7: {
      const copy = structuredClone(get(other.parent, other.key));
      set(parent, key, copy);
      return `${path} replaced by ${other.path}`;
    }
    case 8: {
      if (!Array.isArray(parent)) return `${path} left`;
      parent.push(structuredClone(here));
      return `${path} there twice`;
    }
    default: {
      const put = choices.oneOf([...words.values, ...oddValues].map((one) => ({ one }))).one;
      set(parent, key, structuredClone(put));
      return `${path} set to ${JSON.stringify(put)}`;
    }
  }
}

function ofLines(text: string, choices: Choices): Mutant {
  const lines = text.split('\n');
  const at = choices.below(lines.length);
  const line = lines[at] ?? '';
  const kinds: Readonly<Record<string, readonly string[]>> = {
    deleted: [],
    doubled: [line, line],
    indented: [`  ${line}`],
    'indented by one': [` ${line}`],
    outdented: [line.replace(/^ {2}/, '')],
    'with a tab': [line.replace(/^ {2}/, '\t')],
    'without its colon': [line.replace(':', '')],
    'without a space behind its colon': [line.replace(': ', ':')],
    'with a quote left open': [`${line} "`],
    'with a bracket left open': [line.replace(/: .*/, ': [a, b')],
    'made a comment': [line.replace(/^( *)/, '$1# ')],
    'with its value taken away': [line.replace(/: .*/, ':')],
    'with a percent sign in front': [line.replace(/: /, ': %')],
    'with an at sign in front': [line.replace(/: /, ': @')],
    'with an anchor nobody set': [line.replace(/: .*/, ': *nowhere')],
  };
  const kind = choices.oneOf(Object.keys(kinds));
  const made = [...lines.slice(0, at), ...(kinds[kind] ?? []), ...lines.slice(at + 1)];
  return { text: made.join('\n'), what: `line ${at + 1} ${kind}` };
}

/** A word with one letter lost, doubled, swapped or put in the other case. */
function typo(word: string, choices: Choices): string {
  const at = choices.below(Math.max(word.length - 1, 1));
  const [a = '', b = ''] = [word[at], word[at + 1]];
  const forms = [a + a + b, b, b + a, a.toUpperCase() + b, `${a}-${b}`];
  return word.slice(0, at) + choices.oneOf(forms.filter((form) => form !== '')) + word.slice(at + 2);
}

function get(parent: Container, key: Step): unknown {
  return Array.isArray(parent) ? parent[Number(key)] : parent[key];
}

function set(parent: Container, key: Step, value: unknown): void {
  if (Array.isArray(parent)) parent[Number(key)] = value;
  else parent[key] = value;
}

function drop(parent: Container, key: Step): void {
  if (Array.isArray(parent)) parent.splice(Number(key), 1);
  else delete parent[key];
}

function rename(parent: Container, key: Step, name: string): void {
  if (Array.isArray(parent)) parent[Number(key)] = { [name]: parent[Number(key)] };
  else {
    const value = parent[key];
    delete parent[key];
    parent[name] = value;
  }
}

function contains(value: unknown, part: Container): boolean {
  return value === part || (isContainer(value) && Object.values(value).some((one) => contains(one, part)));
}

function isContainer(value: unknown): value is Container {
  return typeof value === 'object' && value !== null;
}
