import type { LokiRuleFile } from '../../model/logs.ts';
import type { Service } from '../../model/stack.ts';
import { containerFiles } from '../container.ts';
import type { Documents } from '../documents.ts';
import { openMapping } from '../open-mapping.ts';
import { containerPath } from '../paths.ts';
import { textValue } from '../values.ts';

/** The folder a ruler reads its rules from: `ruler.storage.local`, or what `common.storage.filesystem` says. */
function rulesFolder(value: unknown): string | undefined {
  const own = textValue(value, 'ruler', 'storage', 'local', 'directory');
  const type = textValue(value, 'ruler', 'storage', 'type');
  if (type !== undefined && type !== 'local') return undefined;
  const folder = own ?? textValue(value, 'common', 'storage', 'filesystem', 'rules_directory');
  return folder === undefined || folder === '' || folder.includes('$') ? undefined : containerPath('/', folder);
}

/**
 * The files of the repository below that folder. A ruler reads the files of each tenant's folder and nothing else
 * (https://grafana.com/docs/loki/v2.9.x/alert/#ruler-storage).
 */
export function readLokiRules(documents: Documents, service: Service, value: unknown): LokiRuleFile[] {
  const folder = rulesFolder(value);
  if (folder === undefined) return [];
  return containerFiles(documents.tree, service, folder)
    .filter(({ path }) => !/(^|\/)(\.[^/]*|README[^/]*)$/.test(path))
    .map(({ path, repoPath }) => {
      const [tenant, ...rest] = path.slice(folder.length + 1).split('/');
      const read = rest.length === 1;
      const held = read ? openMapping(documents, repoPath, {}, 'yaml') : undefined;
      return {
        file: repoPath,
        ...(read && tenant !== undefined ? { tenant } : {}),
        ...(held === undefined ? {} : { value: held }),
      };
    });
}
