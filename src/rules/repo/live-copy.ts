import type { Repository } from '../../model/repository.ts';
import type { Product } from '../../model/stack.ts';
import { defineRule } from '../define-rule.ts';
import { backupScripts } from './scripts.ts';

const still =
  /\b(?:docker|compose|podman)\b[^\n]*\b(?:stop|pause|down|kill)\b|systemctl\s+stop|tsdb\/snapshot|\.backup\b|VACUUM\s+INTO|lvcreate|zfs\s+snapshot|btrfs\s+subvolume/i;
const stores: readonly Product[] = ['prometheus', 'grafana', 'loki'];

/**
 * A database that is written while it is copied is torn in the copy: the TSDB has its snapshots for that, SQLite its backup
 * (https://prometheus.io/docs/prometheus/latest/querying/api/#snapshot, https://www.sqlite.org/howtocorrupt.html).
 */
export const liveCopy = defineRule({
  id: 'repo/live-copy',
  severity: 'warning',
  over: 'repository',
  claim: 'No backup copies the files of a database that is being written.',
  check: (repository) => {
    const volumes = storeVolumes(repository);
    return backupScripts(repository).flatMap(({ file, code }) => {
      if (still.test(code)) return [];
      const copied = volumes.flatMap(({ name, product }) => {
        const at = new RegExp(
          `(?:-v|--volume|src=|source=|volumes/)[ =]?["']?(${name.replace(/[.]/g, '\\.')})(?=[:,/"'\\s])`,
        ).exec(code);
        return at === null ? [] : [{ product, index: at.index + at[0].length - name.length, name }];
      });
      const [first] = copied;
      if (first === undefined) return [];
      return [
        {
          at: { file, span: [first.index, first.index + first.name.length] as const },
          message: `The script "${file}" copies "${first.name}" while ${first.product} writes to it, so what is in the archive may not open again`,
          hint: 'Stop the service while its volume is read, or ask it for a snapshot',
          facts: { volumes: copied.map(({ name }) => name) },
        },
      ];
    });
  },
});

/** Volumes that hold a database, under both their names. */
function storeVolumes({ stacks }: Repository): { readonly name: string; readonly product: Product }[] {
  return stacks.flatMap((stack) =>
    stack.services.flatMap(({ product, mounts }) =>
      product === undefined || !stores.includes(product)
        ? []
        : mounts.flatMap(({ kind, source }) => {
            const volume = kind === 'volume' ? stack.volumes.find(({ name }) => name === source) : undefined;
            return volume === undefined
              ? []
              : [...new Set([volume.engineName, volume.name])].map((name) => ({ name, product }));
          }),
    ),
  );
}
