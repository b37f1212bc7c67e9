import { readFileSync, rmSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';

const root = fileURLToPath(new URL('..', import.meta.url));
const source = join(root, 'src');
/** A module that another loads with `createRequire` when it is needed. */
const onDemand = /\bload\('(\.\/[^']+)\.ts'\)/g;

/**
 * Writes `dist/`: the command line in few files, with the libraries it needs. A process that has few modules to find
 * starts in half the time. A module that asks where it lies is still told its place in src/, where its data files are.
 */
async function bundle() {
  const loaded = new Set();
  const places = {
    name: 'places',
    transform(code, id) {
      if (!id.startsWith(source) || !code.includes('import.meta')) return null;
      const renamed = code.replace(onDemand, (_, path) => {
        loaded.add(join(dirname(id), `${path}.ts`));
        return `load('./${basename(path)}.mjs')`;
      });
      if (renamed !== code) return renamed;
      const place = `new URL(${JSON.stringify(`../${relative(root, id)}`)}, import.meta.url)`;
      return code.replaceAll('import.meta.url', `${place}.href`);
    },
  };
  const builtins = {
    name: 'builtins',
    // An import of a built-in module asks for all it exports, and so loads what it would load later or never.
    renderChunk: (code) =>
      code.replace(/^import \{([^}]*)\} from "(node:\w+)";$/gm, (_, names, from) => {
        return `const {${names.replaceAll(' as ', ': ')}} = process.getBuiltinModule("${from}");`;
      }),
  };
  rmSync(join(root, 'dist'), { recursive: true, force: true });
  await write('cli', [join(source, 'cli.ts')], [places, builtins]);
  // The suites are loaded one by one, as they are asked for.
  await write('suites', [join(root, 'suites/main.ts')], [places, builtins]);
  for (const path of loaded) await write(basename(path, '.ts'), [path], [places, builtins]);
}

async function write(name, input, plugins) {
  const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  // What only the live half loads stays a package; so does what is large and seldom needed.
  const bundled = /^(@lezer|@prometheus-io|re2js|yaml)\b/;
  const external = Object.keys(dependencies).filter((one) => !bundled.test(one));
  const made = await rolldown({ input, platform: 'node', external, plugins });
  await made.write({ dir: join(root, 'dist'), entryFileNames: `${name}.mjs`, chunkFileNames: `${name}-[name].mjs` });
  await made.close();
}

await bundle();
