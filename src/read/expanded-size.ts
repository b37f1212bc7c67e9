const mostValues = 2_000_000;
const deepest = 500;

/** Why a parsed value must not be walked (it contains itself, or its aliases make it huge), or undefined. */
export function expandedSize(value: unknown): string | undefined {
  const above = new Set<object>();
  let seen = 0;
  const look = (here: unknown): string | undefined => {
    seen += 1;
    if (seen > mostValues) return 'aliases expand to an absurd size';
    if (typeof here !== 'object' || here === null) return undefined;
    if (above.has(here)) return 'an alias contains itself';
    if (above.size > deepest) return 'nested too deeply';
    above.add(here);
    for (const child of Object.values(here)) {
      const refusal = look(child);
      if (refusal !== undefined) return refusal;
    }
    above.delete(here);
    return undefined;
  };
  return look(value);
}
