import type { Place } from '../../model/location.ts';
import type { Service } from '../../model/stack.ts';
import { splitWords } from '../../read/shell-words.ts';
import { valueAt } from '../../read/values.ts';
import { keyIn } from './places.ts';

/** The health check that a compose file writes for a service. */
export interface HealthCheck {
  /** Commands in the order of the script; a list is one command. */
  readonly commands: readonly Command[];
  readonly at: Place;
}

/** One command of a check: its words, and the operator of the shell before it (`''` for the first). */
export interface Command {
  readonly words: readonly string[];
  readonly after: string;
}

/** What a check runs; undefined where none is written, or none on purpose. */
export function healthCheckOf(service: Service): HealthCheck | undefined {
  const test = valueAt(service.definition, 'healthcheck', 'test');
  const at = keyIn(service, 'healthcheck', 'test');
  if (typeof test === 'string') return { commands: commandsOf(test), at };
  if (!Array.isArray(test)) return undefined;
  const [kind, ...rest]: readonly string[] = test.map(String);
  if (kind === 'CMD-SHELL') return { commands: commandsOf(rest.join(' ')), at };
  if (kind !== 'CMD' || rest.length === 0) return undefined;
  const [program = '', flag = '', script = ''] = rest;
  const isShell = /(?:^|\/)(?:ba|da|a)?sh$/.test(program) && flag === '-c';
  const own: Command = { words: rest, after: '' };
  return { commands: isShell ? [{ words: [program], after: '' }, ...commandsOf(script, '-c')] : [own], at };
}

/** Names inside a script that start no program of their own. */
const wrappers = new Set(['exec', 'time', 'timeout', '!', 'if', 'then', 'do', 'while', 'env']);

function commandsOf(script: string, before = ''): Command[] {
  const parts = script.split(/(\|\||&&|[|;\n])/);
  return parts.flatMap((part, index): Command[] => {
    if (index % 2 === 1) return [];
    const words = splitWords(part).map(({ text }) => text);
    while (words[0] !== undefined && (wrappers.has(words[0]) || /^\w+=/.test(words[0]))) words.shift();
    const after = index === 0 ? before : (parts[index - 1] ?? '');
    return words.length === 0 ? [] : [{ words, after }];
  });
}
