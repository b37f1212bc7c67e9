import type { Waiver } from '../model/finding.ts';
import type { Tree } from '../model/tree.ts';
import { baseOf } from '../read/paths.ts';
import { isScript, linesOf } from './support/line-context.ts';

/** A waiver that a comment writes down: it covers the findings of one line. */
export interface CommentWaiver extends Waiver {
  readonly line: number;
}

/** A comment that wants to be one and is not. */
export interface FaultyComment {
  readonly file: string;
  readonly span: readonly [start: number, end: number];
  readonly wrong: string;
}

const marked = /(?:^|\s)[#;]\s*stackproof:/;
const form = /stackproof:\s*ignore\s+(\S+)\s+until\s+(\S+)\s+--\s*(\S.*?)\s*$/;

/** Whether a file's format has comments that begin with `#` or `;`. JSON has none, and Markdown has others. */
export function hasComments(tree: Tree, path: string): boolean {
  const name = baseOf(path);
  if (/\.(?:json|md|txt|tmpl)$/.test(name)) return false;
  return /\.(?:ya?ml|ini|cfg|conf|toml|properties|env)$|^\.env|^\.\w+ignore$/.test(name) || isScript(tree, path);
}

/**
 * The comments `# stackproof: ignore room/defect until 2027-01-31 -- reason` of a text: behind a line for that line, on a
 * line of its own for the next line that is no comment.
 */
export function commentWaivers(
  file: string,
  text: string,
): { readonly waivers: readonly CommentWaiver[]; readonly faulty: readonly FaultyComment[] } {
  const waivers: CommentWaiver[] = [];
  const faulty: FaultyComment[] = [];
  if (!text.includes('stackproof:')) return { waivers, faulty };
  const lines = linesOf(text);
  for (const [index, line] of lines.entries()) {
    const mark = marked.exec(line.text);
    if (mark === null) continue;
    const begin = line.start + mark.index + (/^\s/.test(mark[0]) ? 1 : 0);
    const span = [begin, line.start + line.text.trimEnd().length] as const;
    const [, rule, until = '', reason = ''] = form.exec(line.text) ?? [];
    const wrong = rule === undefined ? 'says not what, until when and why' : faultIn(rule, until);
    if (rule === undefined || wrong !== undefined) {
      faulty.push({ file, span, wrong: wrong ?? '' });
      continue;
    }
    const own = /^\s*[#;]/.test(line.text);
    const below = lines.findIndex((next, at) => at > index && !/^\s*(?:[#;]|$)/.test(next.text));
    const covered = own ? (below === -1 ? index : below) : index;
    waivers.push({ rule, place: file, until, reason, line: covered + 1, at: { file, span } });
  }
  return { waivers, faulty };
}

function faultIn(rule: string, until: string): string | undefined {
  if (!/^[a-z]+\/[a-z-]+$/.test(rule)) return `names no rule but "${rule}"`;
  return /^\d{4}-\d{2}-\d{2}$/.test(until) ? undefined : `ends on "${until}", which is no day like 2027-01-31`;
}
