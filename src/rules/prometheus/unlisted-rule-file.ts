import { posix } from 'node:path';
import { pathsUnder, textAt } from '../../model/tree.ts';
import { containerFiles } from '../../read/container.ts';
import { flagValue } from '../../read/flags.ts';
import { folderOf } from '../../read/paths.ts';
import { defineRule } from '../define-rule.ts';

/**
 * A rule file beside the configuration, in the repository or in the container, that `rule_files` leaves out is not read: its
 * alerts never fire.
 */
export const unlistedRuleFile = defineRule({
  id: 'prometheus/unlisted-rule-file',
  severity: 'warning',
  over: 'prometheus',
  claim: 'Every rule file beside the configuration of Prometheus is named in "rule_files".',
  check: (config, { stack, repository: { tree, stacks } }) => {
    const { file } = config;
    if (file === undefined) return [];
    const read = new Set(
      stacks.flatMap((one) => one.prometheus.flatMap((each) => each.ruleFiles.flatMap((entry) => entry.paths))),
    );
    // Loki's ruler and promtool's tests have files of nearly the same form.
    const forLoki = stack.services
      .filter((service) => service.product === 'loki')
      .flatMap((service) => service.mounts.flatMap((mount) => mount.repoPath ?? []));
    const owner = stack.services.find((service) => service.name === config.service);
    const configPath = (owner && flagValue(owner, 'config.file')?.value) || '/etc/prometheus/prometheus.yml';
    const mounted = owner === undefined ? [] : containerFiles(tree, owner, posix.dirname(configPath));
    const beside = new Set([...pathsUnder(tree, folderOf(file)), ...mounted.map(({ repoPath }) => repoPath)]);
    return [...beside]
      .filter((path) => /\.ya?ml$/.test(path) && path !== file && !read.has(path))
      .filter((path) => !forLoki.some((mounted) => path === mounted || path.startsWith(`${mounted}/`)))
      .flatMap((path) => {
        const text = textAt(tree, path) ?? '';
        const alerts = (text.match(/^\s*-?\s*alert:\s/gm) ?? []).length;
        const isRuleFile = /^groups:\s*(#.*)?$/m.test(text) && /^\s*-?\s*(alert|record):\s/m.test(text);
        if (!isRuleFile || /^tests:/m.test(text) || /\{[^}\n]*\}\s*\|[=~]/.test(text)) return [];
        return [
          {
            at: { file: path },
            message: `"${path}" is in no "rule_files" of "${file}", so ${alerts > 0 ? `its ${alerts} ${alerts === 1 ? 'alert never fires' : 'alerts never fire'}` : 'its rules do not exist'}`,
            related: [{ at: { file, pointer: ['rule_files'], part: 'key' as const }, note: 'what is read' }],
            hint: 'Name it in "rule_files" and mount it, or remove it',
            facts: { file: path, configuration: file, alerts },
          },
        ];
      });
  },
});
