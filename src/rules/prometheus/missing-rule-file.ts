import { posix } from 'node:path';
import type { FindingDraft } from '../../model/finding.ts';
import type { Located } from '../../model/location.ts';
import type { Mount, Service } from '../../model/stack.ts';
import { repoPathOf } from '../../model/stack.ts';
import { kindAt, type Tree } from '../../model/tree.ts';
import { flagValue } from '../../read/flags.ts';
import { containerPath, isGlob } from '../../read/paths.ts';
import { defineRule } from '../define-rule.ts';
import { isIgnored } from '../support/ignored.ts';

/**
 * `rule_files` are globs: one that matches nothing is no error to Prometheus, its alerts are simply not there
 * (https://prometheus.io/docs/prometheus/2.47/configuration/configuration/).
 */
export const missingRuleFile = defineRule({
  id: 'prometheus/missing-rule-file',
  severity: 'error',
  over: 'prometheus',
  claim: 'Every entry of "rule_files" names a file that the container of Prometheus has.',
  check: (config, { stack, repository: { tree } }) => {
    const service = stack.services.find((one) => one.name === config.service);
    if (service === undefined) return [];
    const folder = posix.dirname(flagValue(service, 'config.file')?.value || '/etc/prometheus/prometheus.yml');
    return config.ruleFiles
      .filter(({ paths }) => paths.length === 0)
      .map(({ pattern }) => draft(tree, service, pattern, containerPath(folder, pattern.value)));
  },
});

function draft(tree: Tree, service: Service, pattern: Located<string>, path: string): FindingDraft {
  const fixed = isGlob(path) ? posix.dirname(path.slice(0, path.search(/[*?[]/)).concat('x')) : path;
  const mount = mountOf(service, fixed);
  const facts = { pattern: pattern.value, path, service: service.name };
  const related = mount === undefined ? [] : [{ at: mount.at, note: 'what the container has there' }];
  const repoPath = repoPathOf(service, fixed);
  const ownImage =
    service.definition['build'] !== undefined || !/(^|\/)prom\/prometheus(:|@|$)/.test(service.image?.value ?? '');
  const outside =
    mount === undefined
      ? ownImage && 'the image may bring it'
      : repoPath === undefined
        ? 'it comes from outside the repository'
        : isIgnored(tree, repoPath, isGlob(path)) && 'git ignores it';
  if (outside !== false) {
    const message = `No file of the repository is "${pattern.value}": ${outside}, so whether its alerts exist cannot be told`;
    return { at: pattern.at, severity: 'info', message, related, facts };
  }
  const folderMade = mount !== undefined && mount.target === path && kindAt(tree, mount.repoPath ?? '') === 'absent';
  const follows = folderMade
    ? 'the engine puts an empty folder there and Prometheus does not start'
    : 'none of its rules exists and none of its alerts ever fires';
  return {
    at: pattern.at,
    message: `"${pattern.value}" in "rule_files" matches no file in the container of "${service.name}", so ${follows}`,
    related,
    hint:
      mount === undefined
        ? `Mount the file at "${path}", or take the entry away`
        : `${isGlob(path) ? 'Add a file that it matches below' : 'Add the file'} "${repoPath}", or take the entry away`,
    facts,
    ...(isGlob(path) ? { severity: 'warning' as const } : {}),
  };
}

function mountOf(service: Service, path: string): Mount | undefined {
  return service.mounts
    .filter(({ target }) => path === target || path.startsWith(`${target.replace(/\/$/, '')}/`))
    .sort((a, b) => b.target.length - a.target.length)[0];
}
