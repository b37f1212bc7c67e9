import type { FindingDraft } from '../../model/finding.ts';
import type { Service, Stack } from '../../model/stack.ts';
import { type Tree, textAt } from '../../model/tree.ts';
import { baseOf, folderOf } from '../../read/paths.ts';
import { defineRule } from '../define-rule.ts';
import { isUnchecked } from '../support/image-checks.ts';

/**
 * `container … has no healthcheck configured`: compose ends where it waits for the health of a container without a check
 * (https://docs.docker.com/reference/compose-file/services/#long-syntax-1). Of other
 * images nothing is known, and those of a mirror may have been made anew.
 */
export const unansweredCondition = defineRule({
  id: 'compose/unanswered-condition',
  severity: 'error',
  over: 'service',
  claim: 'Every service that another waits for to be healthy has a health check.',
  check: (service, { stack, repository: { tree } }) =>
    service.dependsOn.flatMap(({ service: name, condition, at }): FindingDraft[] => {
      const other = stack.services.find((one) => one.name === name);
      if (condition !== 'service_healthy' || other === undefined || !isUnchecked(other) || isCheckedBeside(tree, stack))
        return [];
      return [
        {
          at,
          message: `Service "${service.name}" waits for "${name}" to be healthy, which has no health check, so compose ends without starting it`,
          related: [{ at: other.at, note: 'the service without a check' }],
          hint: 'Give it a "healthcheck", or wait for "service_started"',
          facts: { service: service.name, dependency: name },
          ...(isCertain(other) ? {} : { severity: 'warning' as const }),
        },
      ];
    }),
});

function isCertain({ image, definition }: Service): boolean {
  const makers = /^(?:docker\.io\/)?(?:prom|grafana)\/|^quay\.io\/prometheus\//;
  return 'healthcheck' in definition || makers.test(image?.value ?? '');
}

/** An override beside the file may bring the check. */
function isCheckedBeside(tree: Tree, { composeFile }: Stack): boolean {
  return [...tree.files.keys()]
    .filter((path) => path !== composeFile && folderOf(path) === folderOf(composeFile) && /\.ya?ml$/.test(baseOf(path)))
    .some((path) => /^\s+healthcheck:/m.test(textAt(tree, path) ?? ''));
}
