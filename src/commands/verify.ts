import { rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { whyNoRepository } from '../apply/git.ts';
import { decide, foldReasons, reasonsAgainst } from '../gate/decide.ts';
import { liveSuites } from '../gate/live-suites.ts';
import { sealReceipt } from '../gate/seal.ts';
import { readShard } from '../gate/shard.ts';
import { engineSuite } from '../gate/subjects/engine-restart.ts';
import { readRepository } from '../read/repository.ts';
import { verdictText } from '../report/verdicts.ts';
import { attachTo } from './attach.ts';
import { identityOf } from './identity.ts';
import { judgeFiles } from './judge.ts';
import type { Outcome, Voice } from './output.ts';
import { leftOutBy } from './plan-notes.ts';
import { type Proof, type ProofRequest, prove } from './prove.ts';
import { Refusal } from './refusal.ts';
import { codeOf, refuseForeign, writeReports } from './reports.ts';
import { readSubject, type Subject } from './subject.ts';

/** What `verify` was asked. */
export interface VerifyOptions {
  readonly repo: string;
  readonly plan?: string;
  readonly stack?: string;
  readonly suites: readonly string[];
  readonly substitutes: 'allow' | 'refuse';
  readonly pull: boolean;
  readonly keep: boolean;
  /** How many copies of the stack to boot side by side. */
  readonly labs?: number;
  /** The part of the cases to run, `i/n`. */
  readonly shard?: string;
  /** The project of a lab that stays, to run suites on again. */
  readonly attach?: string;
  /** The command that restarts the engine, where the run owns one: then that is tried too. */
  readonly restartEngine?: string;
  readonly reports: string;
}

/** Static rules, the live suites on a booted copy, and the receipt the gate makes of them. */
export async function verify(options: VerifyOptions, voice: Voice): Promise<Outcome> {
  refuseWrongUse(options);
  const reports = resolve(options.reports);
  refuseForeign(reports, options);
  for (const stale of ['verdicts.json', 'junit.xml', 'receipt.json', 'logs'])
    rmSync(join(reports, stale), { recursive: true, force: true });
  const subject = await readSubject(resolve(options.repo), options.plan);
  for (const line of leftOutBy(subject.preview)) voice.say(`the plan leaves out ${line}`);
  const { composeFiles, proof } =
    options.attach === undefined
      ? await proveAll(subject, options, join(reports, 'logs'), voice)
      : await attachTo(options.attach, subject, { ...options, logs: join(reports, 'logs') }, voice);
  return report(subject, composeFiles, proof, options, voice);
}

function refuseWrongUse({ suites, shard, attach, keep, labs, restartEngine }: VerifyOptions): void {
  const names = [...liveSuites.map((suite) => suite.name), engineSuite];
  const unknown = suites.find((suite) => suite !== 'static' && !names.includes(suite));
  if (unknown !== undefined) throw new Refusal(2, `no such suite: "${unknown}"; use static, ${names.join(', ')}`);
  if (restartEngine === undefined ? suites.includes(engineSuite) : suites.length > 0 && !suites.includes(engineSuite))
    throw new Refusal(
      2,
      `the suite "${engineSuite}" and --restart-engine go together: one is asked for, the other not`,
    );
  if (restartEngine?.trim() === '') throw new Refusal(2, '--restart-engine takes the command that restarts the engine');
  if (restartEngine !== undefined && (keep || attach !== undefined || shard !== undefined))
    throw new Refusal(2, '--restart-engine takes everything down: it cannot be used with --keep, --attach or --shard');
  if (shard !== undefined && readShard(shard) === undefined)
    throw new Refusal(2, `--shard takes a part of the whole, for instance 1/3, not "${shard}"`);
  if (shard !== undefined && suites.length > 0)
    throw new Refusal(2, '--shard splits all suites: it cannot be used with --suite');
  if (labs !== undefined && (keep || attach !== undefined))
    throw new Refusal(2, '--labs boots several copies: it cannot be used with --keep or --attach');
  if (attach !== undefined && (keep || shard !== undefined))
    throw new Refusal(2, '--attach runs suites on a lab that stays anyway: it cannot be used with --keep or --shard');
}

async function proveAll(
  subject: Subject,
  options: VerifyOptions,
  logs: string,
  voice: Voice,
): Promise<{ composeFiles: string[]; proof: Proof }> {
  const composeFiles = stacksOf(subject, options.stack);
  const several = composeFiles.length > 1;
  const proofs: Proof[] = [];
  for (const composeFile of composeFiles) {
    const request: ProofRequest = {
      ...options,
      subject,
      composeFile,
      logs: several ? join(logs, composeFile.replaceAll('/', '_')) : logs,
      prefix: several ? `${composeFile} ` : '',
    };
    proofs.push(await prove(request, voice));
  }
  return {
    composeFiles,
    proof: {
      required: proofs.flatMap((one) => one.required),
      asked: proofs.flatMap((one) => one.asked),
      verdicts: proofs.flatMap((one) => one.verdicts),
      images: proofs.flatMap((one) => one.images),
      differences: proofs.flatMap((one) => one.differences),
    },
  };
}

/** Writes the reports and says what came of it. A shard passes when its own claims do; its gate stays shut. */
function report(
  subject: Subject,
  composeFiles: readonly string[],
  proof: Proof,
  options: VerifyOptions,
  voice: Voice,
): Outcome {
  const { shard, attach } = options;
  const reports = resolve(options.reports);
  const { errors, waived } = judgeFiles(subject, composeFiles);
  const { required, asked, verdicts, images, differences } = proof;
  const decided = decide(asked, verdicts, errors);
  const shut = shutBecause(options);
  const open = decided.open && shut.length === 0;
  const reasons = [...decided.reasons, ...shut];
  const identity = attach === undefined ? identityOf(subject) : undefined;
  if (identity === undefined && attach === undefined)
    voice.say(`no receipt is written: ${whyNoRepository(subject.repo) ?? 'there is no commit'}`);
  const part = shard === undefined ? {} : { shard };
  const content = { ...part, stacks: composeFiles, images, differences, required, verdicts };
  const receipt =
    identity === undefined ? undefined : sealReceipt({ ...identity, ...content, errors, waived, open, reasons });
  writeReports(reports, verdicts, receipt);
  const text = verdictText({
    verdicts,
    images,
    differences,
    waived,
    open,
    reasons,
    folded: [...foldReasons(reasonsAgainst(asked, verdicts, errors)), ...shut],
    reports: options.reports,
    receipt: receipt !== undefined,
  });
  return { code: codeOf(shard === undefined ? open : decided.open, verdicts, errors), text };
}

function shutBecause({ shard, attach }: VerifyOptions): string[] {
  return [
    ...(shard === undefined
      ? []
      : [`shard ${shard} is a part of the proof: put the parts together with "stackproof merge"`]),
    ...(attach === undefined ? [] : ['the lab was there before: what was done in it meanwhile nobody knows']),
  ];
}

function stacksOf(subject: Subject, asked: string | undefined): string[] {
  const planned = asked ?? subject.loaded?.plan.stack;
  const found = readRepository(subject.candidate).stacks.map((stack) => stack.composeFile);
  if (planned !== undefined) {
    if (found.includes(planned)) return [planned];
    throw new Refusal(2, `"${planned}" is not a compose file that runs a monitoring product`);
  }
  if (found.length === 0)
    throw new Refusal(3, `nothing to look at: no compose file in "${subject.repo}" runs a monitoring product`);
  return found;
}
