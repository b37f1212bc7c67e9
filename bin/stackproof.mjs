#!/usr/bin/env node
// Node strips types everywhere but below node_modules, where an installed package lies
// (https://nodejs.org/api/typescript.html#type-stripping-in-dependencies): there this does it for our own files.
import { readFileSync } from 'node:fs';
import { enableCompileCache, registerHooks, stripTypeScriptTypes } from 'node:module';

const [major = 0] = process.versions.node.split('.').map(Number);
if (major < 24) {
  process.stderr.write(`stackproof: Node 24 or newer is needed, and this is ${process.versions.node}\n`);
  process.exit(2);
}
// What was compiled once is taken from the temporary folder afterwards.
enableCompileCache();
const source = new URL('../src/', import.meta.url).href;
if (source.includes('/node_modules/')) {
  const { emitWarning } = process;
  process.emitWarning = (warning, ...rest) => {
    if (!String(warning).includes('stripTypeScriptTypes')) emitWarning.call(process, warning, ...rest);
  };
  registerHooks({
    load(url, context, next) {
      if (!url.startsWith(source) || !url.endsWith('.ts')) return next(url, context);
      return { format: 'module', source: stripTypeScriptTypes(readFileSync(new URL(url), 'utf8')), shortCircuit: true };
    },
  });
}
await import('../src/cli.ts');
