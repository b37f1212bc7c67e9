import fc from 'fast-check';
import type { Edit, LoadedPlan, Step } from '../model/plan.ts';
import { type FileMode, type Tree, type TreeFile, treeOf } from '../model/tree.ts';

// Few names, so that steps meet what is there; among them twins in case, line ends, blanks, a dash, and what git forbids.
const name = fc.constantFrom('a', 'b', 'A', 'docs', 'Docs', '.env', 'x y', 'ü', 'line\nend', '-n', 'link', 'sub');
const fileName = fc.oneof(name, fc.constantFrom('a.yml', 'b.json', 'c.ini', 'd.txt', 'D.txt', 'e.bin'));
const insidePath = fc
  .tuple(fc.array(name, { maxLength: 2 }), fileName)
  .map(([folders, file]) => [...folders, file].join('/'));

/** Paths that lead out of a repository, or to what is not its own, in as many spellings as there are. */
const hostilePath = fc.constantFrom(
  '/etc/passwd',
  '../outside/canary',
  'a/../../outside/canary',
  './../outside',
  'a/..',
  '..',
  '.',
  '',
  'a//b',
  'a\\..\\b',
  'C:/x',
  '.git/config',
  '.git/hooks/post-commit',
  '.GIT/config',
  '.git /x',
  'git~1/x',
  '.g\u200cit/config',
  '.git::$INDEX_ALLOCATION/x',
  'link/x',
  'link/../x',
  'docs/link/canary',
  'sub/x',
  'line\nend/x',
  'nul\0/x',
);

const contents: Readonly<Record<string, readonly string[]>> = {
  yml: ['k: 1 # one\nlist:\n- p\n- q\n', 'k: 1\r\nother: { a: b }\r\n', '# only a comment\n', 'see: docs/a.yml\n'],
  json: ['{\n  "k": 1,\n  "list": ["p"]\n}\n', '{}'],
  ini: ['[s]\nk = 1\n; note\n', 'k = 1\r\n'],
  txt: ['one\ntwo\nthree\n', 'see docs/a.yml and a\n', 'one\r\ntwo\r\n'],
  bin: ['\0\x01docs/a.yml'],
};

const targets = ['a', '../a', '../outside/canary', '/etc/passwd', '../../../outside', 'docs/d.txt'];

/** A file's mode and text, fit for its name; now and then a symbolic link, to wherever. */
function fileAt(path: string, pick: number): { text: string; mode: FileMode } {
  if (path.endsWith('link') || pick % 11 === 0) return { text: targets[pick % targets.length] ?? 'a', mode: '120000' };
  const texts = contents[path.slice(path.lastIndexOf('.') + 1)] ?? contents['txt'] ?? [];
  return { text: texts[pick % texts.length] ?? '', mode: pick % 5 === 0 ? '100755' : '100644' };
}

/** A random repository: no file lies below another, and there may be a submodule at `sub`. */
export const repository: fc.Arbitrary<Tree> = fc
  .tuple(fc.dictionary(insidePath, fc.nat(1000), { minKeys: 1, maxKeys: 9 }), fc.boolean())
  .map(([picks, submodule]) => {
    const paths = Object.keys(picks).filter((path) => !(submodule && /^sub(\/|$)/.test(path)));
    const folders = new Set(paths.flatMap((path) => path.split('/').map((_, end, all) => all.slice(0, end).join('/'))));
    const files = paths.filter((path) => !folders.has(path)).map((path) => [path, fileAt(path, picks[path] ?? 0)]);
    const own = submodule ? { '.gitmodules': '[submodule "s"]\n\tpath = sub\n\turl = ../s.git\n' } : {};
    return treeOf({ 'compose.yml': 'services: {}\n', ...own, ...Object.fromEntries(files) });
  });

const anyPath = fc.oneof(
  { weight: 5, arbitrary: insidePath },
  { weight: 1, arbitrary: name },
  { weight: 1, arbitrary: hostilePath },
);
const flag = fc.constantFrom({}, { replace: true }, { optional: true });
const pointer = fc.constantFrom(['k'], ['list', 0], ['list', '-'], ['new'], ['s', 'k']);
const value = fc.constantFrom<unknown>(1, 2, 'v', null, ['p'], { q: 'r' });
const edit: fc.Arbitrary<Edit> = fc.oneof(
  fc.record({ op: fc.constant('set' as const), pointer, value }),
  fc.record({ op: fc.constant('add' as const), pointer, value }),
  fc.record({ op: fc.constant('remove' as const), pointer, optional: fc.boolean() }),
);
const line = fc.constantFrom('one', 'two', 'three', 'k: 1', '[s]');

/** A random step, as a plan could never hold it: its paths were looked at by nobody before. */
export const step: fc.Arbitrary<Step> = fc.oneof(
  fc
    .tuple(fc.constantFrom('copy' as const, 'move' as const), anyPath, anyPath, flag)
    .map(([kind, from, to, more]): Step => ({ step: kind, from, to, ...more })),
  fc.tuple(anyPath, fc.boolean()).map(([path, executable]): Step => ({ step: 'create', path, file: 'f', executable })),
  fc
    .tuple(
      fc.constantFrom('edit-yaml' as const, 'edit-json' as const, 'edit-ini' as const),
      anyPath,
      fc.array(edit, { minLength: 1, maxLength: 2 }),
    )
    .map(([kind, path, edits]): Step => ({ step: kind, path, edits })),
  fc.tuple(anyPath, line).map(([path, from]): Step => ({ step: 'edit-text', path, edits: [{ from, with: 'new\n' }] })),
  fc.tuple(anyPath, fc.boolean()).map(([path, optional]): Step => ({ step: 'delete', path, losing: ['**'], optional })),
  fc.tuple(anyPath, anyPath).map(([from, to]): Step => ({ step: 'rewrite-references', from, to })),
);

/** A plan of these steps that no reader has looked at: what it may do is held by the engine alone. */
export function unreadPlan(steps: readonly Step[]): LoadedPlan {
  const files = new Map([['f', new TextEncoder().encode('made: 1\n')]]);
  const plan = { version: 1 as const, name: 'random', branch: 'random', stack: 'compose.yml', steps };
  return { plan, file: 'plan.yaml', files, digest: 'd' };
}

/** The same files in another order, read anew from their bytes. */
export function shuffled(tree: Tree): Tree {
  const files = [...tree.files.values()].reverse();
  return {
    origin: tree.origin,
    files: new Map(
      files.map((file): [string, TreeFile] => [file.path, { ...file, bytes: Uint8Array.from(file.bytes) }]),
    ),
  };
}
