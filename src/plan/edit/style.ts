import { type Document, isMap, isNode, isPair, isScalar, isSeq, visit } from 'yaml';
import { lineEndOf } from '../text.ts';
import type { Style } from './render.ts';
import { lineStart } from './splice.ts';

/** The habits of a document: the first nested mapping and sequence show the indentation, the majority quotes and brackets. */
export function styleOf(text: string, document: Document): Style {
  let step: number | undefined;
  let sequence: number | undefined;
  let single = 0;
  let double = 0;
  let plain = 0;
  let lists = 0;
  visit(document, {
    Scalar(key, node) {
      if (node.type === 'QUOTE_SINGLE') single += 1;
      if (node.type === 'QUOTE_DOUBLE') double += 1;
      if (node.type === 'PLAIN' && typeof node.value === 'string' && key !== 'key') plain += 1;
    },
    Seq(_, node) {
      if (node.items.every((item) => isScalar(item))) lists += node.flow === true ? 1 : -1;
    },
    Pair(_, pair) {
      const { key, value } = pair;
      if (!isPair(pair) || !isNode(key) || !isNode(value) || !key.range || !value.range) return;
      const column = key.range[0] - lineStart(text, key.range[0]);
      const inner = value.range[0] - lineStart(text, value.range[0]);
      const below = lineStart(text, value.range[0]) > key.range[0];
      if (isMap(value) && value.flow !== true && below) step ??= Math.max(inner - column, 1);
      if (isSeq(value) && value.flow !== true && below) sequence ??= Math.max(inner - column, 0);
    },
  });
  const width = step ?? (sequence === undefined || sequence === 0 ? 2 : sequence);
  return {
    step: width,
    sequence: sequence ?? width,
    quote: single >= double ? 'single' : 'double',
    quoteAll: single + double > 2 * plain,
    flowLists: lists > 0,
    lineEnd: lineEndOf(text),
  };
}
