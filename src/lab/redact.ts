import { mapping, mapTexts } from './render/json.ts';
import { looksSecret } from './render/made-up.ts';

const hidden = '(hidden)';

/**
 * What a report may keep of a container's description or a compose file: no value of a variable that sounds like a
 * secret, no user information of a URL. Values made up for the run stay, they open nothing.
 */
export function redacted(value: unknown): unknown {
  return mapTexts(withoutSecrets(value), (text) => text.replace(/(:\/\/)[^/@\s]+@/g, `$1${hidden}@`));
}

function withoutSecrets(value: unknown): unknown {
  if (typeof value === 'string') return pair(value);
  if (Array.isArray(value)) return value.map(withoutSecrets);
  const map = mapping(value);
  if (map === undefined) return value;
  return Object.fromEntries(
    Object.entries(map).map(([key, inner]) => [
      key,
      typeof inner === 'string' && isVariable(key) && mustHide(key, inner) ? hidden : withoutSecrets(inner),
    ]),
  );
}

/** `NAME=value`, as the engine lists variables. */
function pair(text: string): string {
  const [, name = '', value = ''] = /^([A-Za-z_]\w*)=(.*)$/s.exec(text) ?? [];
  return isVariable(name) && mustHide(name, value) ? `${name}=${hidden}` : text;
}

function isVariable(name: string): boolean {
  return /^[A-Z_][A-Z0-9_]*$/i.test(name);
}

/** A name that ends in FILE or PATH says where the secret lies, not what it is. */
function mustHide(name: string, value: string): boolean {
  return looksSecret(name) && !/(file|path)$/i.test(name) && value !== '' && !value.startsWith('made-up-');
}
