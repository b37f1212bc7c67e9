import { posix } from 'node:path';
import type { FindingDraft } from '../../model/finding.ts';
import { repoPathOf, type Service } from '../../model/stack.ts';
import type { Tree } from '../../model/tree.ts';
import { containerMatches } from '../../read/container.ts';
import { flagValue } from '../../read/flags.ts';
import { containerPath, isGlob } from '../../read/paths.ts';
import { defineRule } from '../define-rule.ts';
import { isIgnored } from '../support/ignored.ts';

/**
 * `templates` are globs: one that matches nothing is no error at start, and every notification that asks for a template
 * of it fails (https://prometheus.io/docs/alerting/0.26/configuration/#configuration-file).
 */
export const missingTemplate = defineRule({
  id: 'alertmanager/missing-template',
  severity: 'warning',
  over: 'alertmanager',
  claim: 'Every entry of "templates" matches a file that the container of Alertmanager has.',
  check: (config, { stack, repository: { tree } }) => {
    const service = stack.services.find((one) => one.name === config.service);
    if (service === undefined) return [];
    const folder = posix.dirname(flagValue(service, 'config.file')?.value || '/etc/alertmanager/alertmanager.yml');
    return config.templates.flatMap(({ value, at }): FindingDraft[] => {
      const path = containerPath(folder, value);
      if (containerMatches(tree, service, path).length > 0) return [];
      const unknown = unknownReason(tree, service, path);
      const message =
        unknown === undefined
          ? `"${value}" matches no file in the container of "${service.name}", so a notification that uses such a template fails`
          : `No file of the repository matches "${value}": ${unknown}, so whether the templates exist cannot be told`;
      const hint = 'Mount the templates there, or take the entry away';
      return [
        { at, message, hint, facts: { pattern: value, path }, ...(unknown === undefined ? {} : { severity: 'info' }) },
      ];
    });
  },
});

function unknownReason(tree: Tree, service: Service, path: string): string | undefined {
  const start = isGlob(path) ? path.slice(0, path.search(/[*?[]/)).replace(/\/[^/]*$/, '') || '/' : path;
  const mounted = service.mounts.some(({ target }) => start === target || start.startsWith(`${target}/`));
  const repoPath = repoPathOf(service, start);
  if (!mounted) return service.definition['build'] === undefined ? undefined : 'the image may bring it';
  if (repoPath === undefined) return 'it comes from outside the repository';
  return isIgnored(tree, repoPath, isGlob(path)) ? 'git ignores it' : undefined;
}
