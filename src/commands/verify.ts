import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { whyNoRepository } from '../apply/git.ts';
import { decide, foldReasons, reasonsAgainst } from '../gate/decide.ts';
import { sealReceipt } from '../gate/receipt.ts';
import { liveSuites, requiredClaims } from '../gate/required.ts';
import type { Difference, UsedImage } from '../model/lab.ts';
import type { Claim, Verdict } from '../model/verdict.ts';
import { readRepository } from '../read/repository.ts';
import { junitReport } from '../report/junit.ts';
import { verdictText } from '../report/verdicts.ts';
import { runRules } from '../rules/run.ts';
import { afterLastLook } from './fallen.ts';
import { identityOf } from './identity.ts';
import { type Outcome, type Voice, writeOutput } from './output.ts';
import { Refusal } from './refusal.ts';
import { prepareRun } from './run.ts';
import { runSuites } from './run-suites.ts';
import { readCandidate, readSubject, type Subject } from './subject.ts';

/** What `verify` was asked. */
export interface VerifyOptions {
  readonly repo: string;
  readonly plan?: string;
  readonly stack?: string;
  readonly suites: readonly string[];
  readonly substitutes: 'allow' | 'refuse';
  readonly pull: boolean;
  readonly keep: boolean;
  readonly reports: string;
}

interface Proof {
  readonly required: readonly Claim[];
  readonly verdicts: readonly Verdict[];
  readonly images: readonly UsedImage[];
  readonly differences: readonly Difference[];
}

/** Static rules, the live suites on a booted copy, and the receipt the gate makes of them. */
export async function verify(options: VerifyOptions, voice: Voice): Promise<Outcome> {
  const unknownSuite = options.suites.find(
    (suite) => suite !== 'static' && !liveSuites.some((known) => known === suite),
  );
  if (unknownSuite !== undefined)
    throw new Refusal(2, `no such suite: "${unknownSuite}"; use static, ${liveSuites.join(', ')}`);
  const reports = resolve(options.reports);
  refuseForeign(reports, options);
  for (const stale of ['verdicts.json', 'junit.xml', 'receipt.json', 'logs'])
    rmSync(join(reports, stale), { recursive: true, force: true });
  const subject = await readSubject(resolve(options.repo), options.plan);
  const composeFiles = stacksOf(subject, options.stack);
  const proofs: Proof[] = [];
  for (const composeFile of composeFiles) {
    const logs = join(reports, 'logs', ...(composeFiles.length > 1 ? [composeFile.replaceAll('/', '_')] : []));
    proofs.push(
      await prove(
        subject,
        composeFile,
        { ...options, logs, prefix: composeFiles.length > 1 ? `${composeFile} ` : '' },
        voice,
      ),
    );
  }
  const proof: Proof = {
    required: proofs.flatMap((one) => one.required),
    verdicts: proofs.flatMap((one) => one.verdicts),
    images: proofs.flatMap((one) => one.images),
    differences: proofs.flatMap((one) => one.differences),
  };
  const scope = composeFiles.length === 1 ? { stack: composeFiles[0] ?? '' } : {};
  const { findings } = runRules(readCandidate(subject, scope));
  const place = (finding: (typeof findings)[number]): string =>
    `${finding.rule} ${finding.file}:${finding.line} ${finding.message}`;
  const errors = findings.filter((finding) => finding.severity === 'error' && finding.waived === undefined).map(place);
  const waived = findings.filter((finding) => finding.waived !== undefined).map(place);
  const { open, reasons } = decide(proof.required, proof.verdicts, errors);
  writeOutput(join(reports, 'verdicts.json'), `${JSON.stringify(proof.verdicts, null, 2)}\n`);
  writeOutput(join(reports, 'junit.xml'), junitReport(proof.verdicts));
  const identity = identityOf(subject);
  if (identity === undefined)
    voice.say(`no receipt is written: ${whyNoRepository(subject.repo) ?? 'there is no commit'}`);
  if (identity !== undefined) {
    const receipt = sealReceipt({ ...identity, ...proof, stacks: composeFiles, errors, waived, open, reasons });
    writeOutput(join(reports, 'receipt.json'), `${JSON.stringify(receipt, null, 2)}\n`);
  }
  const text = verdictText({
    verdicts: proof.verdicts,
    images: proof.images,
    differences: proof.differences,
    waived,
    open,
    reasons,
    folded: foldReasons(reasonsAgainst(proof.required, proof.verdicts, errors)),
    reports: options.reports,
    receipt: identity !== undefined,
  });
  return { code: codeOf(open, proof.verdicts, errors), text };
}

/** What lies under the names of our reports is replaced, so it must be ours. */
function refuseForeign(reports: string, { reports: asked, repo }: VerifyOptions): void {
  const logs = join(reports, 'logs');
  const ours = (folder: string): boolean =>
    ['differences.json', 'suites.log'].some((name) => existsSync(join(folder, name)));
  const held = existsSync(logs) ? readdirSync(logs) : [];
  if (reports !== resolve(repo) && (held.length === 0 || ours(logs) || held.some((name) => ours(join(logs, name)))))
    return;
  throw new Refusal(
    2,
    `--reports ${asked}: "${logs}" would be replaced and is not from stackproof: give a folder of its own`,
  );
}

async function prove(
  subject: Subject,
  composeFile: string,
  options: VerifyOptions & { readonly logs: string; readonly prefix: string },
  voice: Voice,
): Promise<Proof> {
  const live = options.suites.length === 0 || options.suites.some((suite) => suite !== 'static');
  mkdirSync(options.logs, { recursive: true });
  voice.say(`${composeFile}: ${live ? 'booting a copy of the stack' : 'static suites only'}`);
  const prepared = await prepareRun({
    tree: subject.candidate,
    stack: composeFile,
    removed: subject.preview?.removed ?? [],
    waivers: subject.preview?.waivers ?? [],
    ...(subject.preview === undefined ? {} : { before: subject.base }),
    boot: live,
    pull: options.pull,
    substitutes: options.substitutes,
    keep: options.keep,
    evidence: options.logs,
    say: voice.say,
  });
  try {
    const { run } = prepared;
    const required = requiredClaims(run.repository, run.stack).map((claim) => named(claim, options.prefix));
    if ('project' in run.lab) voice.say(`lab "${run.lab.project}" is up; the suites run`);
    if ('project' in run.lab && options.keep)
      voice.say(
        `the lab stays: folder ${run.lab.folder}, proxy ${run.lab.proxy}; remove it with: docker compose -p ${run.lab.project} down --volumes && rm -r ${run.lab.folder}`,
      );
    const suites = options.suites.map((suite) => (suite === 'static' ? 'check' : suite));
    const told = await runSuites({
      runFile: prepared.file,
      suites,
      // Beside the run's description, where no other run writes: two runs may share a reports folder.
      verdicts: join(dirname(prepared.file), 'verdicts.json'),
      log: join(options.logs, 'suites.log'),
    });
    const verdicts = 'project' in run.lab ? await afterLastLook(told, run.lab, run.stack) : told;
    return {
      required,
      verdicts: verdicts.map((verdict) => ({
        ...verdict,
        claim: `${options.prefix}${verdict.claim}`,
        subject: `${options.prefix}${verdict.subject}`,
      })),
      images: prepared.images,
      differences: 'project' in run.lab ? run.lab.differences : [],
    };
  } finally {
    await prepared.stop();
  }
}

/** With several stacks a claim says whose it is; reports that tell cases apart by their names need it too. */
function named(claim: Claim, prefix: string): Claim {
  return { ...claim, id: `${prefix}${claim.id}`, subject: `${prefix}${claim.subject}` };
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

function codeOf(open: boolean, verdicts: readonly Verdict[], errors: readonly string[]): 0 | 1 | 3 {
  if (open) return 0;
  const failed =
    errors.length > 0 || verdicts.some((verdict) => verdict.outcome === 'fail' || verdict.outcome === 'error');
  return failed ? 1 : 3;
}
