import { type Flag, prometheusFlags } from '../../catalog/prometheus-flags.ts';
import { durationSeconds } from '../../model/duration.ts';
import type { Located } from '../../model/location.ts';
import type { Service } from '../../model/stack.ts';
import { nearest } from '../../schema/nearest.ts';

/** A fault of one word of a command line. */
export interface FlagFault {
  readonly word: Located<string>;
  readonly wrong: string;
  readonly hint?: string;
}

/** A flag that is given, with its value; a switch has none. */
export interface GivenFlag {
  readonly name: string;
  readonly flag: Flag;
  readonly value?: string;
  readonly word: Located<string>;
}

/** A command line taken apart. */
export interface CommandLine {
  readonly given: readonly GivenFlag[];
  readonly faults: readonly FlagFault[];
}

/** The flags of a program, and its name for messages. */
export interface Program {
  readonly name: string;
  readonly flags: Readonly<Record<string, Flag>>;
}

/** The command line of a Prometheus. */
export function prometheusCommand(service: Service): CommandLine | undefined {
  return commandLine(service, { name: 'Prometheus', flags: prometheusFlags });
}

/**
 * A command line as the library of Prometheus and Alertmanager takes it apart: `--name=value`, `--name value`, `--switch`,
 * `--no-switch`, nothing else (https://pkg.go.dev/github.com/alecthomas/kingpin/v2). Undefined where a shell or a variable
 * stands between the files and the program.
 */
export function commandLine({ command, definition }: Service, program: Program): CommandLine | undefined {
  if (definition['entrypoint'] !== undefined || command.some(({ value }) => /\$|\n/.test(value))) return undefined;
  const given: GivenFlag[] = [];
  const faults: FlagFault[] = [];
  for (let index = 0; index < command.length; index += 1) {
    const word = command[index];
    if (word === undefined) break;
    const parts = /^--(no-)?([^=]*)(?:=([\s\S]*))?$/.exec(word.value);
    if (parts === null) {
      faults.push({ word, ...notAFlag(program, word.value) });
      continue;
    }
    const [, no = '', rest = '', inWord] = parts;
    const name = flagAt(program, `${no}${rest}`) === undefined ? rest : `${no}${rest}`;
    const flag = flagAt(program, name);
    const isSwitch = flag?.value === 'switch';
    if (flag === undefined || (no !== '' && !isSwitch)) {
      faults.push({ word, ...unknown(program, `${no}${rest}`) });
      continue;
    }
    const next = command[index + 1];
    const follows = inWord === undefined && !isSwitch && next !== undefined && !next.value.startsWith('-');
    const value = follows ? next.value : inWord;
    if (follows) index += 1;
    const twice = given.some((one) => one.name === name) && flag.repeatable !== true;
    const wrong = isSwitch ? (value === undefined ? undefined : switchWith(name, value)) : wrongValue(flag, value);
    if (wrong !== undefined) faults.push({ word, ...wrong });
    else if (twice) faults.push({ word, wrong: 'is there a second time', hint: 'Keep one of the two' });
    given.push({ name, flag, word, ...(value === undefined ? {} : { value }) });
  }
  return { given, faults };
}

function flagAt({ flags }: Program, name: string): Flag | undefined {
  return Object.hasOwn(flags, name) ? flags[name] : undefined;
}

type Words = Pick<FlagFault, 'wrong' | 'hint'>;

function notAFlag(program: Program, word: string): Words {
  const name = word.replace(/^-/, '').split('=')[0] ?? '';
  if (word.startsWith('-') && flagAt(program, name) !== undefined)
    return { wrong: `has one dash, and flags of ${program.name} have two`, hint: `Write "-${word}"` };
  return { wrong: 'is no flag', hint: 'Take it out, or write it behind its flag with "="' };
}

function unknown({ name: program, flags }: Program, name: string): Words {
  const meant = nearest(name, Object.keys(flags));
  return { wrong: `is no flag of ${program}`, hint: meant === undefined ? 'Take it out' : `Write "--${meant}"` };
}

function switchWith(name: string, value: string): Words {
  const hint = /^(?:false|no|0)$/i.test(value) ? `Write "--no-${name}"` : `Write "--${name}" alone`;
  return { wrong: 'is a switch and takes no value', hint };
}

function wrongValue({ value: kind }: Flag, value: string | undefined): Words | undefined {
  if (value === undefined) return { wrong: 'has no value' };
  const say = (ok: boolean, wrong: string): Words | undefined => (ok ? undefined : { wrong });
  switch (kind) {
    case 'switch':
    case 'text':
      return undefined;
    case 'address':
      return say(/:[^:\]]*$/.test(value), 'has an address without a port');
    case 'whole':
      return say(/^[-+]?\d+(?:\.\d*)?(?:e[-+]?\d+)?$/i.test(value), 'has a value that is no number');
    case 'duration':
      return say(durationSeconds(value) !== undefined, 'has a value that is no duration like 15d or 1h30m');
    case 'go-duration':
      return say(/^[-+]?(?:0|(?:\d+\.?\d*(?:ns|us|µs|ms|s|m|h))+)$/.test(value), 'has a value that is no duration');
    case 'bytes':
      return say(isBytes(value), 'has a value that is no size with a unit, like 10GB');
    default:
      return say(kind.includes(value), `has none of the values ${kind.join(', ')}`);
  }
}

function isBytes(value: string): boolean {
  return /^[-+]?(?:0|(?:\d+\.?\d*(?:[KMGTPE]iB|B))+|(?:\d+\.?\d*[KMGTPE]?B)+)$/.test(value);
}
