import type { Place } from './location.ts';

/** What the sides of a stack offer each other. */
export type NodeKind =
  | 'service'
  | 'network'
  | 'volume'
  | 'secret'
  | 'config'
  | 'file'
  | 'mounted file'
  | 'metrics'
  | 'alerts'
  | 'logs'
  | 'address'
  | 'rule file'
  | 'receiver'
  | 'datasource';

/** A node: something that one side offers. `by` is the service that has it, where one does. */
export interface Offer {
  readonly kind: NodeKind;
  readonly name: string;
  readonly at: Place;
  readonly by?: string;
}

/** An edge: what a side expects another to offer. */
export interface Expectation {
  readonly kind: NodeKind;
  readonly name: string;
  readonly at: Place;
  /** Who expects it, in words that open a sentence: `Service "a"`. */
  readonly from: string;
  /** Set where it lies outside the repository, or the files do not tell: why. */
  readonly outside?: string;
  /** Set where the node is there and cannot be reached: why. */
  readonly unmet?: string;
}

/** One graph of everything in a stack. */
export interface Graph {
  readonly offers: readonly Offer[];
  readonly expectations: readonly Expectation[];
  /** Kinds of which somebody may expect more than the files show: an offer that nobody takes is then not known to be idle. */
  readonly open: ReadonlySet<NodeKind>;
}

/** What is expected inside the stack and offered by nobody. */
export function danglingEdges({ offers, expectations }: Graph): Expectation[] {
  const offered = new Set(offers.map(keyOf));
  return expectations.filter(
    (edge) => edge.outside === undefined && (edge.unmet !== undefined || !offered.has(keyOf(edge))),
  );
}

/** What is offered and expected by nobody. */
export function unreferencedNodes({ offers, expectations, open }: Graph): Offer[] {
  const expected = new Set(expectations.map(keyOf));
  return offers.filter((node) => !open.has(node.kind) && !expected.has(keyOf(node)));
}

/** What is expected of somebody outside the repository. */
export function outsideEdges({ expectations }: Graph): Expectation[] {
  return expectations.filter(({ outside }) => outside !== undefined);
}

function keyOf({ kind, name }: { readonly kind: NodeKind; readonly name: string }): string {
  return `${kind}\n${name}`;
}
