/** How a scalar is written in YAML or JSON. */
export type ScalarStyle = 'plain' | 'single' | 'double' | 'literal' | 'folded';

/**
 * The offset in a scalar's source of an offset in its value. `source` is the scalar as written, quotes or block header
 * included. Exact on one line; across folded lines it is a best effort.
 */
export function scalarOffset(source: string, style: ScalarStyle, value: string, inside: number): number {
  const block = style === 'literal' || style === 'folded';
  let at = style === 'plain' ? 0 : style === 'single' || style === 'double' ? 1 : source.indexOf('\n') + 1;
  const indent = block ? indentOf(source.slice(at)) : 0;
  if (block) at += indentAt(source, at, indent);
  const end = Math.min(inside, value.length);
  for (let index = 0; index < end && at < source.length; index += 1) {
    at = afterCharacter(source, at, style, value.charAt(index), indent);
  }
  return Math.min(at, source.length);
}

function afterCharacter(source: string, at: number, style: ScalarStyle, wanted: string, indent: number): number {
  if (style === 'double' && source[at] === '\\') return at + escapeLength(source, at);
  if (style === 'single' && source.startsWith("''", at)) return at + 2;
  const block = style === 'literal' || style === 'folded';
  if (source[at] === '\n' || source[at] === '\r') {
    const next = source.indexOf('\n', at) + 1;
    return block ? next + indentAt(source, next, indent) : next + leadingSpace(source, next);
  }
  if (block || source[at] === wanted) {
    const trailing = block ? 0 : /^[ \t]+(?=\r?\n)/.exec(source.slice(at, at + 200))?.[0].length;
    if (!trailing) return at + 1;
    return afterCharacter(source, at + trailing, style, wanted, indent);
  }
  return at + 1;
}

function escapeLength(source: string, at: number): number {
  const kind = source[at + 1];
  if (kind === 'x') return 4;
  if (kind === 'u') return 6;
  return kind === 'U' ? 10 : 2;
}

/** Indentation of a block scalar's first line that is not blank. */
function indentOf(body: string): number {
  return /^(?:[ \t]*\r?\n)*( *)/.exec(body)?.[1]?.length ?? 0;
}

function indentAt(source: string, at: number, most: number): number {
  return Math.min(leadingSpace(source, at), most);
}

function leadingSpace(source: string, at: number): number {
  let end = at;
  while (source[end] === ' ' || source[end] === '\t') end += 1;
  return end - at;
}
