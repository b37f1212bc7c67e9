import type { Dashboard } from '../../model/grafana.ts';
import type { Pointer } from '../../model/location.ts';
import { isMapping } from '../../read/values.ts';

/** A variable named somewhere in a dashboard, by `$name`, `${name}`, `[[name]]`, `var-name=` or as what a panel is repeated for. */
export interface Use {
  readonly name: string;
  readonly pointer: Pointer;
  readonly span: readonly [start: number, end: number];
}

const form = /\$([A-Za-z_]\w*)|\$\{([A-Za-z_]\w*)(?:[.:][^}]*)?\}|\[\[([A-Za-z_]\w*)(?:[.:]\w+)?\]\]|\bvar-(\w+)=/g;
const known = new WeakMap<Dashboard, readonly Use[]>();

/** Every use of a variable in a dashboard, found once. */
export function usesOf(dashboard: Dashboard): readonly Use[] {
  const before = known.get(dashboard);
  if (before !== undefined) return before;
  const found: Use[] = [];
  walk(dashboard.value, [], found);
  known.set(dashboard, found);
  return found;
}

/** The variables a text names; what stands in `{{ … }}` belongs to a template. */
export function usesIn(text: string, pointer: Pointer): Use[] {
  if (!/[$[]|var-/.test(text)) return [];
  const plain = text.replace(/\{\{[\s\S]*?\}\}/g, (action) => ' '.repeat(action.length));
  return [...plain.matchAll(form)].map((match) => ({
    name: match[1] ?? match[2] ?? match[3] ?? match[4] ?? '',
    pointer,
    span: [match.index, match.index + match[0].length],
  }));
}

function walk(value: unknown, pointer: Pointer, found: Use[]): void {
  if (typeof value === 'string') {
    const repeated = pointer.at(-1) === 'repeat' && /^\w+$/.test(value);
    if (repeated) found.push({ name: value, pointer, span: [0, value.length] });
    else found.push(...usesIn(value, pointer));
  } else if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) if (mayHold(item)) walk(item, [...pointer, index], found);
  } else if (isMapping(value)) {
    for (const [key, item] of Object.entries(value)) if (mayHold(item)) walk(item, [...pointer, key], found);
  }
}

function mayHold(value: unknown): boolean {
  return typeof value === 'string' || (typeof value === 'object' && value !== null);
}
