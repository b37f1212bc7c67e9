/** Whether a path matches a pattern: `*` and `?` within a segment, `**` over any number of them. */
export function matches(pattern: string, path: string): boolean {
  return compiled(pattern).test(path);
}

const known = new Map<string, RegExp>();

function compiled(pattern: string): RegExp {
  const before = known.get(pattern);
  if (before !== undefined) return before;
  const source = pattern.replace(/[.+^${}()|[\]\\]/g, '\\$&').replace(/\*\*\/|\/\*\*$|\*\*|\*|\?/g, (wild) => {
    if (wild === '**/') return '(?:.*/)?';
    if (wild === '/**') return '(?:/.*)?';
    if (wild === '**') return '.*';
    return wild === '*' ? '[^/]*' : '[^/]';
  });
  const expression = new RegExp(`^${source}$`, 's');
  known.set(pattern, expression);
  return expression;
}
