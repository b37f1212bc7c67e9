#!/usr/bin/env node
const [major = 0] = process.versions.node.split('.').map(Number);
if (major < 24) {
  process.stderr.write(`stackproof: Node 24 or newer is needed, and this is ${process.versions.node}\n`);
  process.exit(2);
}
// What was compiled once is taken from the temporary folder afterwards. Asked for so, a built-in module loads no more
// than it must.
process.getBuiltinModule('node:module').enableCompileCache();
// A package is installed with the bundle it was packed with; in a checkout the sources are run as they are.
const bundle = new URL('../dist/cli.mjs', import.meta.url);
const installed = bundle.href.includes('/node_modules/') && process.getBuiltinModule('node:fs').existsSync(bundle);
await import(installed ? bundle.href : '../src/cli.ts');
