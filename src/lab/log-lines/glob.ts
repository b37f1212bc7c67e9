/**
 * A pattern of Promtail's `__path__` as an expression over whole paths: `*` and `?` within a folder, `**` over any
 * number of them, `[…]` and `{a,b}` (https://github.com/bmatcuk/doublestar#patterns).
 */
export function globExpression(glob: string): RegExp {
  const source = glob.replace(/\*\*\/|\*\*|\*|\?|\[!?[^\]]*\]|[{},]|[.+^$()|\\\]]/g, (part) => {
    const known: Record<string, string> = { '**/': '(?:.*/)?', '**': '.*', '*': '[^/]*', '?': '[^/]' };
    const braces: Record<string, string> = { '{': '(?:', '}': ')', ',': '|' };
    if (part.startsWith('[') && part.length > 1) return part.replace('[!', '[^');
    if (part === ',' && !glob.includes('{')) return ',';
    return known[part] ?? braces[part] ?? `\\${part}`;
  });
  return new RegExp(`^${source}$`);
}

/** A path that the pattern names; `word` stands for what may be anything. Undefined where none could be made up. */
export function pathNamedBy(glob: string, word: string): string | undefined {
  const path = glob
    .replace(/\{([^,}]*)[^}]*\}/g, '$1')
    .replaceAll('**/', '')
    .replace(/\*+/g, word)
    .replaceAll('?', 'x')
    .replace(/\[([^\]]+)\]/g, (_, set: string) => (/^[!^]/.test(set) ? 'x' : (set[0] ?? 'x')));
  return globExpression(glob).test(path) ? path : undefined;
}
