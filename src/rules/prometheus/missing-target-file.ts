import { posix } from 'node:path';
import type { FindingDraft } from '../../model/finding.ts';
import { repoPathOf } from '../../model/stack.ts';
import { kindAt } from '../../model/tree.ts';
import { flagValue } from '../../read/flags.ts';
import { containerPath } from '../../read/paths.ts';
import { defineRule } from '../define-rule.ts';
import { mountOf } from '../support/data-path.ts';
import { isIgnored } from '../support/ignored.ts';
import { isOfItsMakers } from '../support/makers.ts';

/**
 * A file of `file_sd_configs` may come later, written by something else; where its folder is not mounted at all, nothing
 * can ever write it (https://prometheus.io/docs/prometheus/2.47/configuration/configuration/#file_sd_config).
 */
export const missingTargetFile = defineRule({
  id: 'prometheus/missing-target-file',
  severity: 'error',
  over: 'prometheus',
  claim: 'Every file of targets that the configuration names is, or can come, into the container of Prometheus.',
  check: (config, { stack, repository: { tree } }) => {
    const service = stack.services.find((one) => one.name === config.service);
    if (service === undefined || !isOfItsMakers(service)) return [];
    const folder = posix.dirname(flagValue(service, 'config.file')?.value || '/etc/prometheus/prometheus.yml');
    return config.targetFiles
      .filter(({ paths, pattern }) => paths.length === 0 && !pattern.value.includes('$'))
      .flatMap(({ pattern }): FindingDraft[] => {
        const path = containerPath(folder, pattern.value);
        const facts = { pattern: pattern.value, path, service: service.name };
        if (mountOf(service, path) === undefined) {
          const message = `"${pattern.value}" matches no file in the container of "${service.name}" and nobody mounts "${posix.dirname(path)}", so the targets never come`;
          return [{ at: pattern.at, message, hint: `Mount the file or its folder at "${posix.dirname(path)}"`, facts }];
        }
        const repoPath = repoPathOf(service, posix.dirname(path));
        const file = repoPathOf(service, path);
        const open = repoPath === undefined || file === undefined || kindAt(tree, repoPath) !== 'folder';
        if (open || isIgnored(tree, file)) return [];
        const message = `"${pattern.value}" matches no file of "${repoPath}", so the job has no target unless something else writes one there`;
        return [{ at: pattern.at, severity: 'warning', message, hint: 'Add the file, or mend its name', facts }];
      });
  },
});
