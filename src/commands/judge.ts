import type { Judged } from '../gate/receipt.ts';
import { requiredClaims } from '../gate/required.ts';
import { helperImage, helperService } from '../lab/helper.ts';
import { runRules } from '../rules/run.ts';
import { readCandidate, type Subject, version } from './subject.ts';

/** What the rules say of the files of these stacks: errors that are neither mended nor waived, and what is waived. */
export function judgeFiles(subject: Subject, composeFiles: readonly string[]): Pick<Judged, 'errors' | 'waived'> {
  const scope = composeFiles.length === 1 ? { stack: composeFiles[0] ?? '' } : {};
  const { findings } = runRules(readCandidate(subject, scope));
  const place = (finding: (typeof findings)[number]): string =>
    `${finding.rule} ${finding.file}:${finding.line} ${finding.message}`;
  return {
    errors: findings.filter((finding) => finding.severity === 'error' && finding.waived === undefined).map(place),
    waived: findings.filter((finding) => finding.waived !== undefined).map(place),
  };
}

/** What can be said of a plan's candidate without any proof; a receipt for it must say the same. */
export function judge(subject: Subject, composeFile: string): Judged {
  const repository = readCandidate(subject, { stack: composeFile });
  const stack = repository.stacks.find((one) => one.composeFile === composeFile);
  const services = stack?.services ?? [];
  const images = services.flatMap(({ name, image }) => (image === undefined ? [] : [[name, image.value] as const]));
  return {
    tool: tool(),
    stacks: [composeFile],
    required: stack === undefined ? [] : requiredClaims(repository, stack),
    ...judgeFiles(subject, [composeFile]),
    pinned: { ...Object.fromEntries(images), [helperService]: helperImage },
    needed: services
      .filter(({ product, image }) => product !== undefined && image !== undefined)
      .map(({ name }) => name),
  };
}

/** This stackproof, as receipts name it. */
export function tool(): string {
  return `stackproof ${version()}`;
}
