import type { Graph, NodeKind } from '../../../model/graph.ts';
import type { Stack } from '../../../model/stack.ts';
import { type Tree, textAt } from '../../../model/tree.ts';
import { composeSide } from './compose-side.ts';
import { endpoints, openEndpoints } from './endpoints.ts';
import { mountedFiles } from './read-files.ts';
import { watchingSide } from './watching-side.ts';

const made = new WeakMap<Stack, Graph>();

/** The graph of a stack; it is made once, whoever asks. */
export function graphOf(tree: Tree, stack: Stack): Graph {
  const before = made.get(stack);
  if (before !== undefined) return before;
  const sides = [composeSide(tree, stack), mountedFiles(tree, stack), endpoints(tree, stack), watchingSide(stack)];
  const graph: Graph = {
    offers: sides.flatMap(([offers]) => offers),
    expectations: sides.flatMap(([, expectations]) => expectations),
    open: new Set([...openEndpoints(stack), ...openDatasources(tree, stack)]),
  };
  made.set(stack, graph);
  return graph;
}

/** A dashboard made by hand, an alert rule or a variable over datasources may use any of them. */
function openDatasources(tree: Tree, { grafana }: Stack): NodeKind[] {
  const chosen = grafana.some(
    ({ dashboards, provisioned = [] }) =>
      dashboards.length === 0 ||
      dashboards.some(
        ({ variables, value }) => value === undefined || variables.some(({ type }) => type === 'datasource'),
      ) ||
      provisioned.some(({ kind, file }) => kind === 'alerting' || /\bdatasourceUid\b/.test(textAt(tree, file) ?? '')),
  );
  return chosen ? ['datasource'] : [];
}
