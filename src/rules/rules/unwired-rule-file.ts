import type { FindingDraft } from '../../model/finding.ts';
import type { PrometheusConfig } from '../../model/prometheus.ts';
import type { Stack } from '../../model/stack.ts';
import { pathsUnder, textAt } from '../../model/tree.ts';
import { folderOf } from '../../read/paths.ts';
import { defineRule } from '../define-rule.ts';

/**
 * A rule file beside the folder of a Prometheus, which no Prometheus of the repository reads. Those in the folder itself
 * are `prometheus/unlisted-rule-file`; farther away it may be meant for something else.
 */
export const unwiredRuleFile = defineRule({
  id: 'rules/unwired-rule-file',
  severity: 'warning',
  over: 'repository',
  claim: 'Every rule file near a Prometheus is read by one.',
  check: ({ tree, stacks }) => {
    const servers = stacks.flatMap(({ prometheus }) => prometheus).filter(({ file }) => file !== undefined);
    const folders = servers.map(({ file = '' }) => folderOf(file));
    const around = new Set(folders.map(folderOf).filter((folder) => folder !== '' && folder !== '.'));
    const read = new Set(servers.flatMap(readBy));
    const elsewhere = stacks.flatMap(otherUsers);
    const within = (path: string, folder: string): boolean => path.startsWith(`${folder}/`);
    const candidates = new Set([...around].flatMap((folder) => pathsUnder(tree, folder)));
    return [...candidates].sort().flatMap((path): FindingDraft[] => {
      if (!/\.ya?ml$/.test(path) || read.has(path) || folders.some((folder) => within(path, folder))) return [];
      if (elsewhere.some((used) => path === used || within(path, used))) return [];
      const text = textAt(tree, path) ?? '';
      if (!/^groups:\s*(?:#.*)?$/m.test(text) || !/^\s*(?:-\s*)?(?:alert|record):\s/m.test(text)) return [];
      // promtool's tests and Loki's rules have nearly the same form, and a Kubernetes object is for another reader.
      if (/^(?:tests|kind|namespace|apiVersion):/m.test(text) || /\{[^}\n]*\}\s*\|[=~]/.test(text)) return [];
      return [
        {
          at: { file: path },
          message: `"${path}" is a file of rules that no Prometheus of the repository reads, so none of its alerts ever fires`,
          hint: 'Name it in "rule_files" and mount it, or remove it',
          facts: { file: path },
        },
      ];
    });
  },
});

function readBy({ ruleFiles }: PrometheusConfig): readonly string[] {
  return ruleFiles.flatMap(({ paths }) => paths);
}

/** What containers of other programs are given. */
function otherUsers({ services }: Stack): string[] {
  return services
    .filter(({ product }) => product !== 'prometheus')
    .flatMap(({ mounts }) => mounts.flatMap(({ repoPath }) => repoPath ?? []));
}
