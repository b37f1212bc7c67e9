import { closeSync, openSync, readSync } from 'node:fs';
import type { Waiting } from '../lab/waiting.ts';
import type { Voice } from './output.ts';

/** A line at the foot of a terminal that is written over; `undefined` takes it away. */
export type ShowProgress = (line: string | undefined) => void;

/** A voice that takes the progress line away before it says anything. */
export function withProgress(voice: Voice, show: ShowProgress | undefined): Voice {
  if (show === undefined) return voice;
  const say = (line: string): void => {
    show(undefined);
    voice.say(line);
  };
  return { ...voice, say, show };
}

/** Voices for things that go on at once: what one has said is not said again, and their progress shares the line. */
export function sideBySide(voice: Voice, count: number): Voice[] {
  if (count === 1) return [voice];
  const said = new Set<string>();
  const say = (line: string): void => {
    if (!said.has(line)) voice.say(line);
    said.add(line);
  };
  const lines: (string | undefined)[] = [];
  const shown = voice.show;
  const showOf =
    (number: number) =>
    (line: string | undefined): void => {
      lines[number] = line;
      const there = lines.filter((one) => one !== undefined);
      shown?.(there.length === 0 ? undefined : there.join(' ‖ '));
    };
  return Array.from({ length: count }, (_, number) => ({
    ...voice,
    say,
    ...(shown === undefined ? {} : { show: showOf(number) }),
  }));
}

/** What the reporter of the suites tells: how many cases have ended, and of which suite the last one was. */
export interface CasesDone {
  readonly suite: string;
  readonly done: number;
  readonly of: number;
}

/** As much of a stream as progress needs to know. */
export interface Terminal {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

/** Writes progress over one line of a terminal. @returns undefined for a stream that is none: a pipe gets no progress. */
export function progressOn(stream: Terminal): ShowProgress | undefined {
  if (stream.isTTY !== true) return undefined;
  return (line) => {
    const width = Math.max((stream.columns ?? 80) - 1, 20);
    stream.write(`\r\u001b[K${line === undefined ? '' : cut(line, width)}`);
  };
}

/**
 * Follows the file in which the suites tell what they do, and shows it.
 * @returns what ends the following and takes the line away.
 */
export function followSuites(file: string, show: ShowProgress, every = 250): () => void {
  let offset = 0;
  let rest = '';
  let cases: CasesDone | undefined;
  let waiting: Waiting | undefined;
  const look = (): void => {
    const fresh = readFrom(file, offset);
    offset += fresh.length;
    const lines = (rest + fresh.toString('utf8')).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      const told = parsed(line);
      if (told !== undefined && 'done' in told) {
        cases = told;
        waiting = undefined;
      } else if (told !== undefined) waiting = told;
    }
    if (cases !== undefined || waiting !== undefined) show(progressLine(cases, waiting));
  };
  const timer = setInterval(look, every);
  return () => {
    clearInterval(timer);
    show(undefined);
  };
}

/** `12/50 cases, alert-routing · waiting 8 s until job "node" is up; last seen: no target`. */
export function progressLine(cases: CasesDone | undefined, waiting: Waiting | undefined): string {
  const counted = cases === undefined ? [] : [`${cases.done}/${cases.of} cases, ${cases.suite}`];
  const awaited =
    waiting === undefined
      ? []
      : [`waiting ${waiting.seconds} s until ${waiting.waiting}; last seen: ${waiting.seen}`.replace(/\s+/g, ' ')];
  return [...counted, ...awaited].join(' · ');
}

function readFrom(file: string, offset: number): Buffer {
  try {
    const handle = openSync(file, 'r');
    try {
      const buffer = Buffer.alloc(64 * 1024);
      return buffer.subarray(0, readSync(handle, buffer, 0, buffer.length, offset));
    } finally {
      closeSync(handle);
    }
  } catch {
    return Buffer.alloc(0);
  }
}

function parsed(line: string): CasesDone | Waiting | undefined {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

function cut(line: string, width: number): string {
  return line.length <= width ? line : `${line.slice(0, width - 1)}…`;
}
