/** Where a value stands in a receipt. */
export type Path = readonly (string | number)[];

/** Every place of a receipt to alter, by name: its values, of lists the first entry's, and each list as a whole. */
export function placesOf(value: unknown, path: Path = []): [string, Path][] {
  const name = path
    .map((one) => (typeof one === 'number' ? '[]' : `.${one}`))
    .join('')
    .replace(/^\./, '');
  if (Array.isArray(value)) return [[`${name} (one entry more)`, path], ...placesOf(value[0], [...path, 0])];
  if (typeof value !== 'object' || value === null) return value === undefined ? [] : [[name, path]];
  const entries = Object.entries(value);
  const shown = path[0] === 'seals' ? entries.slice(0, 1) : entries;
  return shown.flatMap(([key, inner]) => placesOf(inner, [...path, key]));
}

/** A copy with another value of the same kind at one place. */
export function altered<T>(value: T, path: Path): T {
  const copy: T = structuredClone(value);
  const last = path.at(-1) ?? '';
  const holder = path
    .slice(0, -1)
    .reduce<unknown>((at, key) => (at instanceof Object ? Reflect.get(at, key) : at), copy);
  if (holder instanceof Object) Reflect.set(holder, last, other(Reflect.get(holder, last)));
  return copy;
}

/** Whether a place is part of the seal itself: sealing anew would only undo what was altered. */
export function isSeal([field]: Path): boolean {
  return field === 'seals' || field === 'digest' || field === 'version';
}

function other(value: unknown): unknown {
  if (Array.isArray(value)) return [...value, value[0] ?? 'forged'];
  if (typeof value === 'number') return value + 1;
  if (typeof value === 'boolean') return !value;
  const text = String(value);
  if (/^\d{4}-\d\d-\d\dT/.test(text)) return new Date(Date.parse(text) - 60_000).toISOString();
  if (text === 'pass') return 'fail';
  if (text === 'present') return 'pulled';
  return /^[0-9a-f]{40,}$/.test(text) ? text.replace(/^./, (digit) => (digit === '0' ? '1' : '0')) : `${text}-forged`;
}
