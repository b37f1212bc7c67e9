import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Genuine } from './genuine.ts';

/** One run of a program: its arguments, the files it finds in its working folder, and what it reads from standard input. */
export interface Question {
  readonly args: readonly string[];
  readonly files?: Readonly<Record<string, string>>;
  readonly input?: string;
}

/** How a run ended. `status` is null where it was killed: it crashed, or took longer than half a minute. */
export interface Answer {
  readonly status: number | null;
  /** Standard output and standard error, as they came. */
  readonly output: string;
}

const atOnce = 2;
const longest = 30_000;

/** Asks a program many questions, two at a time; the answers come in the order of the questions. */
export async function ask(program: Genuine, questions: readonly Question[]): Promise<Answer[]> {
  const folder = mkdtempSync(join(tmpdir(), 'stackproof-peers-'));
  const answers: Answer[] = [];
  let next = 0;
  const work = async (): Promise<void> => {
    for (let index = next++; index < questions.length; index = next++) {
      const question = questions[index];
      if (question === undefined) return;
      const own = join(folder, String(index));
      mkdirSync(own);
      for (const [path, text] of Object.entries(question.files ?? {})) {
        mkdirSync(dirname(join(own, path)), { recursive: true });
        writeFileSync(join(own, path), text);
      }
      answers[index] = await answer(program.file, question, own);
      rmSync(own, { recursive: true, force: true });
    }
  };
  try {
    await Promise.all(Array.from({ length: atOnce }, work));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return answers;
}

/** Asks one question. */
export async function askOnce(program: Genuine, question: Question): Promise<Answer> {
  const [only] = await ask(program, [question]);
  return only ?? { status: null, output: '' };
}

function answer(file: string, { args, input = '' }: Question, cwd: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, { cwd, stdio: ['pipe', 'pipe', 'pipe'], timeout: longest, killSignal: 'SIGKILL' });
    const chunks: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.on('error', reject);
    child.on('close', (status) => resolve({ status, output: Buffer.concat(chunks).toString('utf8') }));
    // A program that does not read its input to the end closes the pipe: no fault of ours.
    child.stdin.on('error', () => {});
    child.stdin.end(input);
  });
}
