import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { messageOf } from '../model/message.ts';
import type { ShowProgress } from './progress.ts';
import { Refusal } from './refusal.ts';

/** What a verb gives back: the exit code and what goes to standard output. */
export interface Outcome {
  readonly code: 0 | 1 | 2 | 3;
  readonly text: string;
}

/** What a verb may use to speak while it works: lines for standard error. */
export interface Voice {
  readonly say: (line: string) => void;
  readonly colour: boolean;
  /** Shows what is going on now on a line of its own; unset where standard error is no terminal. */
  readonly show?: ShowProgress;
}

/** Writes a text to a file, its folders made. @throws Refusal (exit 2) where that is not possible. */
export function writeOutput(file: string, text: string): void {
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  } catch (problem) {
    throw new Refusal(2, `cannot write "${file}": ${messageOf(problem)}`);
  }
}
