import type { FindingDraft, Severity } from '../../model/finding.ts';
import { type Offer, unreferencedNodes } from '../../model/graph.ts';
import type { Stack } from '../../model/stack.ts';
import { type Tree, textAt } from '../../model/tree.ts';
import { defineRule } from '../define-rule.ts';
import { graphOf } from '../support/graph/graph-of.ts';
import { owners, unreferencedId } from '../support/graph/owners.ts';
import { toldOnce } from '../support/told-once.ts';

/** The nodes of the graph that no other rule owns and that nobody needs. `docs/graph.md` tells of all of them. */
export const unreferencedNode = defineRule({
  id: unreferencedId,
  severity: 'warning',
  over: 'stack',
  claim: 'Whatever one side of a stack gives, another side takes.',
  check: (stack, { repository: { tree } }): FindingDraft[] => {
    const idle = unreferencedNodes(graphOf(tree, stack)).filter(
      ({ kind, name }) => owners[kind].unreferenced === unreferencedId && !(kind === 'network' && name === 'default'),
    );
    const exporters = idle.filter((node) => node.kind === 'metrics' && isExporter(stack, node));
    const others = idle.filter((node) => node.kind === 'metrics' && !isExporter(stack, node));
    const own = toldOnce(
      others.map(({ name, at }) => ({ name, at })),
      {
        one: 'tells figures of itself that no Prometheus of the stack scrapes, so nobody sees when it is in trouble',
        several:
          'tell figures of themselves that no Prometheus of the stack scrapes, so nobody sees when one is in trouble',
        hint: 'Add a scrape job for it',
      },
    );
    return [
      ...idle.filter(({ kind }) => kind !== 'metrics').flatMap((node) => draftOf(tree, stack, node)),
      ...exporters.flatMap((node) => draftOf(tree, stack, node)),
      ...own.map((draft) => ({ ...draft, severity: 'info' as const })),
    ];
  },
});

interface Words {
  readonly what: string;
  readonly hint: string;
  readonly severity?: Severity;
}

function draftOf(tree: Tree, stack: Stack, node: Offer): FindingDraft[] {
  const words = wordsOf(tree, stack, node);
  if (words === undefined) return [];
  const { what, hint, severity } = words;
  const facts = { kind: node.kind, name: node.name };
  return [{ at: node.at, message: what, hint, facts, ...(severity === undefined ? {} : { severity }) }];
}

function wordsOf(tree: Tree, stack: Stack, node: Offer): Words | undefined {
  const { kind, name, by = '' } = node;
  const others: { severity?: Severity } = isOpenToOthers(stack, by) ? { severity: 'info' } : {};
  const unless = others.severity === undefined ? '' : 'unless somebody outside the stack does, ';
  const short = name.slice(name.indexOf(':') + 1);
  switch (kind) {
    case 'network':
    case 'secret':
    case 'config':
      return {
        what: `The ${kind} "${name}" is given to no service, so declaring it does nothing`,
        hint: `Remove it, or give it to the service that needs it`,
      };
    case 'mounted file':
      return {
        what: `"${short}" is mounted into service "${by}", and nothing there reads it, so it has no effect`,
        hint: 'Name it in the configuration, mount it where the program looks, or take the mount away',
      };
    case 'metrics':
      return {
        what: `No Prometheus of the stack scrapes the exporter "${name}", ${unless}so what it tells is never seen`,
        hint: 'Add a scrape job for it, or take the service away',
        ...others,
      };
    case 'alerts':
      return {
        what: `Nobody in the stack sends alerts to Alertmanager "${name}", ${unless}so it never tells anybody anything`,
        hint: 'Name it in "alerting.alertmanagers" of Prometheus',
        ...others,
      };
    case 'logs':
      return isPushedTo(tree, stack)
        ? undefined
        : {
            what: `Nobody in the stack sends lines to Loki "${name}", ${unless}so it stays empty`,
            hint: 'Name it in "clients" of a Promtail',
            ...others,
          };
    case 'datasource':
      return {
        what: `No dashboard and no alert asks the datasource "${short}", so it is there for whoever explores`,
        hint: 'Leave it for that, or take it away',
        severity: 'info',
      };
    default:
      return undefined;
  }
}

function isExporter({ services }: Stack, { name }: Offer): boolean {
  const product = services.find((service) => service.name === name)?.product;
  return product === 'node-exporter' || product === 'cadvisor';
}

/** Whether somebody who is not in the stack may ask a service: by a port of the host, its network, or one of another project. */
function isOpenToOthers({ services, networks }: Stack, name: string): boolean {
  const service = services.find((one) => one.name === name);
  if (service === undefined || service.ports.length > 0 || service.definition['network_mode'] !== undefined)
    return true;
  return service.networks.some((joined) => networks.find((one) => one.name === joined.name)?.external === true);
}

/** Other agents push under this path; their configuration is not read, and a service of another kind may be one. */
function isPushedTo(tree: Tree, stack: Stack): boolean {
  if (stack.services.some(({ product }) => product === undefined)) return true;
  const known = new Set(stack.promtail.map(({ file }) => file));
  return [...tree.files.keys()].some(
    (path) => !known.has(path) && textAt(tree, path)?.includes('/loki/api/v1/push') === true,
  );
}
