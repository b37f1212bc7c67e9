import { posix } from 'node:path';
import type { Finding } from '../model/finding.ts';
import type { Repository } from '../model/repository.ts';
import type { Stack } from '../model/stack.ts';
import { kindAt, type Tree } from '../model/tree.ts';
import { foldersAbove } from '../plan/paths.ts';
import { ownFile } from '../read/own-configuration.ts';
import { scalarText } from './yaml-text.ts';

/** How many lines a list in a comment may have. */
const most = 20;

/**
 * A first plan for a repository: the stack with the most products, steps that hold on it, and in comments what was found
 * besides: the other stacks, what is mounted and missing, what `check` calls errors. `plain` leaves the steps out that
 * depend on how the files are written.
 */
export function firstPlan(
  repository: Repository,
  findings: readonly Finding[],
  { now, plain }: { readonly now: Date; readonly plain: boolean },
): string {
  const stacks = [...repository.stacks].sort((a, b) => products(b).length - products(a).length);
  const [stack] = stacks;
  if (stack === undefined) return '';
  const missing = plain ? [] : missingMounts(repository, stack);
  const steps = plain ? [] : [...missing.flatMap(({ step }) => step ?? []), ...hardening(stack)];
  return `# yaml-language-server: $schema=./plan.schema.json
# A consolidation that stackproof previews, proves and applies. Paths are from the root of the repository.
version: 1
name: consolidation
# The branch that apply makes, with one commit: exactly the tree that was proved.
branch: feature/consolidation
# The compose file whose stack must pass every suite.
stack: ${scalarText(stack.composeFile)}
${comment(stacksText(stacks))}# Findings are accepted for a time by a step "waive", or without a plan in ${ownFile}.
${comment(findingsText(findings))}steps:
  # Every step states what it expects, and is refused with file and line where that does not hold.
${comment(
  missing.flatMap(({ words }) => words ?? []),
  '  ',
)}${(steps.length > 0 ? steps : [waiver(stack, findings, now)]).join('')}  # More shapes of steps:
  # - { step: move, from: old/prometheus.yml, to: new/prometheus.yml }
  # - { step: create, path: new/loki.yml, file: loki.yml } # from the folder files/ beside this plan
  # - { step: delete, path: old, losing: ['*.md'] } # what is nowhere else is named, or the plan is refused
  # - { step: rewrite-references, from: old, to: new }
`;
}

function products(stack: Stack): string[] {
  return stack.services.flatMap(({ product }) => product ?? []);
}

function stacksText(stacks: readonly Stack[]): string[] {
  const [, ...others] = stacks;
  if (others.length === 0) return [];
  return [
    'Other compose files here that run a monitoring product:',
    ...others.map((stack) => `  ${stack.composeFile}: ${products(stack).join(', ')}`),
  ];
}

function findingsText(findings: readonly Finding[]): string[] {
  const errors = findings.filter(({ severity, waived }) => severity === 'error' && waived === undefined);
  if (errors.length === 0) return [];
  const lines = errors.slice(0, most).map(({ file, line, message, rule }) => `  ${file}:${line}: ${message} (${rule})`);
  const more = errors.length > most ? [`  … and ${errors.length - most} more: stackproof check`] : [];
  return ['What stops the gate today, to be mended by steps or waived:', ...lines, ...more];
}

interface Missing {
  readonly step?: string;
  readonly words?: readonly string[];
}

/** What the stack mounts and the repository lacks there, while something of that name lies elsewhere. */
function missingMounts({ tree, stacks }: Repository, stack: Stack): Missing[] {
  const own = mountedBy([stack]);
  const others = mountedBy(stacks.filter((one) => one !== stack));
  const wanted = [...own].filter((path) => !path.startsWith('..') && kindAt(tree, path) === 'absent').sort();
  const taken = new Set<string>();
  return wanted.map((path): Missing => {
    const found = namesakes(tree, path).filter((one) => !own.has(one) && !taken.has(one));
    const [only] = found;
    if (only === undefined || found.length > 1) {
      const where = found.length === 0 ? 'and nothing else has that name' : `and it might be ${listed(found)}`;
      return { words: [`Mounted at ${path}, where nothing is, ${where}.`] };
    }
    taken.add(only);
    // What another stack mounts stays where that finds it.
    const kind = others.has(only) ? 'copy' : 'move';
    const why = `  # Mounted at ${path}, where nothing is${kind === 'copy' ? '; another stack mounts the only one' : ''}.\n`;
    return { step: `${why}  - { step: ${kind}, from: ${scalarText(only)}, to: ${scalarText(path)} }\n` };
  });
}

function mountedBy(stacks: readonly Stack[]): Set<string> {
  return new Set(
    stacks.flatMap((stack) => stack.services.flatMap(({ mounts }) => mounts.flatMap(({ repoPath }) => repoPath ?? []))),
  );
}

function listed(paths: readonly string[]): string {
  return paths.slice(0, 5).join(' or ') + (paths.length > 5 ? ` or one of ${paths.length - 5} more` : '');
}

/** Files and folders of the same name, below a folder of the same name where there are such. */
function namesakes(tree: Tree, path: string): string[] {
  const name = posix.basename(path);
  const folders = new Set([...tree.files.keys()].flatMap(foldersAbove));
  const all = [...tree.files.keys(), ...folders].filter((one) => posix.basename(one) === name);
  const folder = posix.basename(posix.dirname(path));
  const near = all.filter((one) => posix.basename(posix.dirname(one)) === folder);
  return near.length > 0 ? near : all;
}

function hardening(stack: Stack): string[] {
  const open = stack.services.filter(({ definition }) => definition['security_opt'] === undefined);
  const own = open.filter(({ at }) => at.file === stack.composeFile);
  if (own.length === 0) return [];
  const edits = own.map(
    ({ name }) =>
      `      - { op: add, pointer: [services, ${scalarText(name)}, security_opt], value: ['no-new-privileges:true'] }\n`,
  );
  return [
    `  # No container of the stack needs more privileges than it is started with.\n  - step: edit-yaml\n    path: ${scalarText(stack.composeFile)}\n    edits:\n${edits.join('')}`,
  ];
}

/** Where nothing is left to do: how a finding is accepted for half a year. */
function waiver(stack: Stack, findings: readonly Finding[], now: Date): string {
  const until = new Date(now.getTime() + 180 * 86_400_000).toISOString().slice(0, 10);
  const [finding] = findings.filter(({ severity, waived }) => severity !== 'info' && waived === undefined);
  const rule = finding?.rule ?? 'compose/floating-image';
  const place = scalarText(finding?.file ?? stack.composeFile);
  return `  - { step: waive, rule: ${rule}, place: ${place}, reason: say why, until: ${until} }\n`;
}

function comment(lines: readonly string[], indent = ''): string {
  return lines.map((line) => `${indent}# ${line.replace(/\s*\n\s*/g, ' ')}\n`).join('');
}
