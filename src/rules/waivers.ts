import type { FindingDraft, Waiver } from '../model/finding.ts';
import { pointerText } from '../model/location.ts';
import type { Repository } from '../model/repository.ts';
import { type CommentWaiver, commentWaivers, type FaultyComment, hasComments } from './comment-waivers.ts';
import { lineText, stackFiles } from './support/stack-files.ts';

/** A waiver holds up to and including its last day; one whose end is no date never does. */
export function isExpired({ until }: Waiver, today: string): boolean {
  return !/^\d{4}-\d{2}-\d{2}$/.test(until) || until < today;
}

/** The waivers of one run: those of the plan and the configuration, and those in comments of the files with findings. */
export interface Waivers {
  /** The waiver in force that covers a finding: its file, the same value in it or one above, or its line by a comment. */
  readonly cover: (rule: string, at: FindingDraft['at'], line: number) => Waiver | undefined;
  /** Asked at the end: what covered nothing, what is over, and comments that say not enough. */
  readonly leftovers: (ids: ReadonlySet<string>) => readonly (FindingDraft & { readonly rule: string })[];
}

/** Opens the waivers of a repository; `today` decides which are in force. */
export function openWaivers(repository: Repository, today: string): Waivers {
  const used = new Set<Waiver>();
  const files = new Map<string, ReturnType<typeof commentWaivers>>();
  const commentsOf = (file: string): ReturnType<typeof commentWaivers> => {
    const known = files.get(file);
    if (known !== undefined) return known;
    const text = hasComments(repository.tree, file) ? lineText(repository, file) : undefined;
    const found = text === undefined ? { waivers: [], faulty: [] } : commentWaivers(file, text);
    files.set(file, found);
    return found;
  };
  const cover: Waivers['cover'] = (rule, at, line) => {
    const fits = (waiver: Waiver): boolean => waiver.rule === rule && !isExpired(waiver, today);
    const found =
      repository.waivers.find((waiver) => fits(waiver) && covers(waiver.place, at)) ??
      commentsOf(at.file).waivers.find((waiver) => fits(waiver) && waiver.line === line);
    if (found !== undefined) used.add(found);
    return found;
  };
  const leftovers: Waivers['leftovers'] = (ids) => {
    for (const file of stackFiles(repository)) commentsOf(file);
    const comments = [...files.values()];
    const written: readonly Waiver[] = [...repository.waivers, ...comments.flatMap(({ waivers }) => waivers)];
    return [
      ...written.filter((waiver) => !used.has(waiver)).flatMap((waiver) => unused(repository, waiver, today, ids)),
      ...comments.flatMap(({ faulty }) => faulty.map(faultyDraft)),
    ];
  };
  return { cover, leftovers };
}

/** Where a waiver stands; of a plan's, whose file is none of the tree, the file it is about. */
export function placeOf(waiver: Waiver): FindingDraft['at'] {
  return waiver.at ?? { file: waiver.place.split('#')[0] ?? waiver.place };
}

type Leftover = FindingDraft & { readonly rule: string };

function unused(
  repository: Repository,
  waiver: Waiver | CommentWaiver,
  today: string,
  ids: ReadonlySet<string>,
): Leftover[] {
  const { rule, place, until, reason } = waiver;
  const facts = { waives: rule, place, until, reason };
  const at = placeOf(waiver);
  if (isExpired(waiver, today)) {
    // Those outside the comments are looked at by the rule itself.
    if (!('line' in waiver)) return [];
    const message = `The waiver of "${rule}" ended on ${until}, so it covers nothing any more`;
    return [
      { rule: 'repo/expired-waiver', at, message, hint: 'Mend what it covered, or renew it with a reason', facts },
    ];
  }
  if (!ids.has(rule)) {
    const message = `The waiver names "${rule}", which is no rule, so it covers nothing`;
    return [{ rule: 'repo/unused-waiver', at, message, hint: 'Name the rule as its finding does', facts }];
  }
  // With one stack of several in view the others' findings are not there to be covered.
  if (repository.partial === true) return [];
  const message = `The waiver of "${rule}" at "${place}" covers no finding, so it only hides the next one`;
  return [{ rule: 'repo/unused-waiver', at, message, hint: 'Remove it', facts }];
}

function faultyDraft({ file, span, wrong }: FaultyComment): Leftover {
  return {
    rule: 'repo/invalid-waiver',
    at: { file, span },
    severity: 'warning',
    message: `The comment "stackproof:" ${wrong}, so it covers nothing`,
    hint: 'Write "stackproof: ignore room/defect until 2027-01-31 -- reason"',
  };
}

function covers(place: string, at: FindingDraft['at']): boolean {
  if (place === at.file) return true;
  if (!place.startsWith(`${at.file}#`)) return false;
  const wanted = place.slice(at.file.length + 1);
  const text = pointerText(at.pointer ?? []);
  return text === wanted || text.startsWith(`${wanted}.`) || text.startsWith(`${wanted}[`);
}
