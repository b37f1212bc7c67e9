import type { FindingDraft } from '../../model/finding.ts';
import type { Repository } from '../../model/repository.ts';
import { kindAt, type Tree } from '../../model/tree.ts';
import { folderOf, insideRepository } from '../../read/paths.ts';
import { defineRule } from '../define-rule.ts';
import { isIgnored } from '../support/ignored.ts';
import { lineText, stackFiles } from '../support/stack-files.ts';

interface Link {
  readonly target: string;
  readonly span: readonly [start: number, end: number];
}

/** Pages of the stacks lead to files by relative links; one that leads nowhere is mostly a move that nobody followed. */
export const brokenLink = defineRule({
  id: 'repo/broken-link',
  severity: 'warning',
  over: 'repository',
  claim: 'Every relative link of a page leads to something in the repository.',
  check: (repository) => pagesOf(repository).flatMap((file) => broken(repository, file)),
});

/** The pages beside the stacks, at the root, and in the folder of documents. */
function pagesOf(repository: Repository): string[] {
  const near = stackFiles(repository).filter((path) => path.endsWith('.md'));
  const common = [...repository.tree.files.keys()].filter((path) => /^(?:[^/]+|docs\/[^/]+)\.md$/.test(path));
  return repository.stacks.length === 0 ? [] : [...new Set([...near, ...common])].sort();
}

/** One finding for a page: those behind the first are related. */
function broken(repository: Repository, file: string): FindingDraft[] {
  const text = lineText(repository, file);
  const links = text === undefined ? [] : linksIn(text).filter(({ target }) => isBroken(repository, file, target));
  const [first, ...others] = links;
  if (first === undefined) return [];
  const leads = others.length === 0 ? 'leads' : `and ${others.length} more of the page lead`;
  return [
    {
      at: { file, span: first.span },
      message: `The link "${first.target}" ${leads} to nothing in the repository, so whoever follows it finds nothing`,
      related: others.slice(0, 20).map(({ target, span }) => ({ at: { file, span }, note: `"${target}"` })),
      hint: 'Write where it is now, or remove the link',
      facts: { links: links.map(({ target }) => target).slice(0, 20) },
    },
  ];
}

function isBroken({ tree, removed }: Repository, file: string, target: string): boolean {
  const [path = '', anchor] = target.split('#');
  let plain: string;
  try {
    plain = decodeURIComponent(path.split('?')[0] ?? '');
  } catch {
    return false;
  }
  const inside = plain === '' ? file : plain.startsWith('/') ? plain.slice(1) : insideRepository(folderOf(file), plain);
  // A link out of the repository is for a server that shows more than it.
  if (inside === undefined || inside === '.' || inside === '') return false;
  const clean = inside.replace(/\/+$/, '');
  if (kindAt(tree, clean) === 'absent') {
    const gone = removed.some((one) => clean === one.path || clean.startsWith(`${one.path}/`));
    return !gone && !isIgnored(tree, clean);
  }
  return anchor !== undefined && anchor !== '' && clean.endsWith('.md') && !hasAnchor(tree, clean, anchor);
}

/** Servers make anchors of headings in ways of their own: letters and digits are what they agree on. */
function hasAnchor(tree: Tree, path: string, anchor: string): boolean {
  const text = lineText({ tree }, path) ?? '';
  const plain = (one: string): string => one.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
  let wanted: string;
  try {
    wanted = plain(decodeURIComponent(anchor)).replace(/\d+$/, '');
  } catch {
    return true;
  }
  if (/^l\d*$/.test(plain(anchor)) || text.includes(`"${anchor}"`) || text.includes(`{#${anchor}}`)) return true;
  return [...text.matchAll(/^#{1,6}\s+(.+)$/gm)].some((match) => plain(match[1] ?? '').replace(/\d+$/, '') === wanted);
}

function linksIn(text: string): Link[] {
  if (!text.includes('](') && !text.includes(']:')) return [];
  const prose = text.replace(/^(```|~~~)[\s\S]*?^\1/gm, blank).replace(/`[^`\n]*`/g, blank);
  return [...prose.matchAll(/\]\(\s*<?([^)\s>]+)>?(?:\s+["'][^)]*)?\)|^\[[^\]]+\]:\s*<?(\S+?)>?\s*$/gm)].flatMap(
    (match) => {
      const target = match[1] ?? match[2] ?? '';
      if (/^[a-z][a-z0-9+.-]*:|^\/\/|[{}$*]|^mailto/i.test(target) || target === '') return [];
      const start = match.index + match[0].indexOf(target);
      return [{ target, span: [start, start + target.length] as const }];
    },
  );
}

function blank(text: string): string {
  return text.replace(/[^\n]/g, ' ');
}
