import type { Rule } from '../define-rule.ts';
import { contestedClaim } from './contested-claim.ts';
import { danglingEdge } from './dangling-edge.ts';
import { divergingVersions } from './diverging-versions.ts';
import { outsideEdge } from './outside-edge.ts';
import { unreferencedNode } from './unreferenced-node.ts';

/** The rules of this room. */
export const stackRules: readonly Rule[] = [
  contestedClaim,
  danglingEdge,
  divergingVersions,
  outsideEdge,
  unreferencedNode,
];
