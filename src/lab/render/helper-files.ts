import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { TreeFile } from '../../model/tree.ts';

/** Packages the helper's SMTP server needs, and the folders of each that hold its ES modules. */
const packages: readonly (readonly [name: string, folders: readonly string[]])[] = [
  ['smtp-server', ['dist/esm']],
  ['nodemailer', ['dist/esm', 'dist/esm/shared', 'dist/esm/fetch', 'dist/esm/punycode']],
  ['punycode.js', ['.']],
];

let known: readonly TreeFile[] | undefined;

/** The helper's own program and the packages it needs, as files below `helper/`. Read once; nothing of the user's. */
export function helperFiles(): readonly TreeFile[] {
  known ??= readHelper();
  return known;
}

function readHelper(): TreeFile[] {
  const own = fileURLToPath(new URL('../standins/helper', import.meta.url));
  const program = read(own, 'helper', (name) => name.endsWith('.ts') && !name.endsWith('.test.ts'));
  const require = createRequire(import.meta.url);
  const modules = packages.flatMap(([name, folders]) => {
    const root = packageRoot(require, name);
    const target = `helper/node_modules/${name}`;
    const code = folders.flatMap((folder) =>
      read(join(root, folder), folder === '.' ? target : `${target}/${folder}`, (file) =>
        /\.m?js$|^package\.json$/.test(file),
      ),
    );
    const manifest = file(join(root, 'package.json'), `${target}/package.json`);
    return [...code, manifest];
  });
  const type = new TextEncoder().encode('{ "type": "module" }\n');
  return [...program, ...modules, { path: 'helper/package.json', mode: '100644', bytes: type }];
}

function packageRoot(require: NodeJS.Require, name: string): string {
  let folder = dirname(require.resolve(name));
  while (!folder.endsWith(join('node_modules', name))) folder = dirname(folder);
  return folder;
}

function read(folder: string, target: string, wanted: (name: string) => boolean): TreeFile[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile() && wanted(entry.name))
    .map((entry) => file(join(folder, entry.name), `${target}/${entry.name}`));
}

function file(source: string, path: string): TreeFile {
  return { path, mode: '100644', bytes: new Uint8Array(readFileSync(source)) };
}
