import type { FindingDraft } from '../../model/finding.ts';
import type { Product, Stack } from '../../model/stack.ts';
import { folderOf } from '../../read/paths.ts';
import { defineRule } from '../define-rule.ts';
import { quoteAll } from '../support/quote.ts';
import { backupScripts, type Script } from './scripts.ts';

/** What cannot be had again: metrics, users and what they made. Logs and silences are let go more often than not. */
const dear: readonly Product[] = ['prometheus', 'grafana'];

/** A backup that leaves the store out that matters is mostly found out when it is needed. */
export const unsavedStore = defineRule({
  id: 'repo/unsaved-store',
  severity: 'warning',
  over: 'stack',
  claim: 'Where a stack is backed up, the volumes of Prometheus and Grafana are.',
  check: (stack, { repository }) => {
    const folder = folderOf(stack.composeFile);
    // Beside a compose file at the root every folder is another thing's.
    const scripts = backupScripts(repository).filter(({ file }) =>
      folder === '' ? /^(?:scripts\/)?[^/]+$/.test(file) : file.startsWith(`${folder}/`),
    );
    if (scripts.length === 0) return [];
    return storesOf(stack).flatMap(({ service, product, names, at }): FindingDraft[] => {
      if (scripts.some((script) => isNamed(script, [service, ...names]))) return [];
      const files = scripts.map(({ file }) => file);
      return [
        {
          at,
          ...(dear.includes(product) ? {} : { severity: 'info' as const }),
          message: `Volume "${names[0] ?? ''}" of "${service}" is named in no backup (${quoteAll(files)}), so what is in it is lost with the disk`,
          related: files.map((file) => ({ at: { file }, note: 'the backup' })),
          hint: 'Add it to the backup, or say in a waiver that it may be lost',
          facts: { service, volumes: names },
        },
      ];
    });
  },
});

function isNamed({ code }: Script, names: readonly string[]): boolean {
  // What takes all volumes, or asks the engine for them, names none.
  const all =
    /docker\s+volume\s+ls|\/var\/lib\/docker\/volumes\/?(?:["'\s]|$)|compose\s+[^\n]*config\s+--volumes/m.test(code);
  return all || names.some((name) => new RegExp(`(?<![\\w-])${name.replace(/[.]/g, '\\.')}(?![\\w-])`).test(code));
}

function storesOf(stack: Stack) {
  return stack.services.flatMap(({ name, product, mounts }) => {
    const stateful =
      product === 'prometheus' || product === 'grafana' || product === 'loki' || product === 'alertmanager';
    if (!stateful || product === undefined) return [];
    return mounts.flatMap(({ kind, source, at }) => {
      const volume = kind === 'volume' ? stack.volumes.find((one) => one.name === source) : undefined;
      return volume === undefined ? [] : [{ service: name, product, names: [volume.name, volume.engineName], at }];
    });
  });
}
