const secretKey = /pass|secret|token|credential|api_?key|routing_key|service_key|private|license/i;

/**
 * A value as a difference may print it: never a secret's text, never more of a URL than scheme, host and port
 * (the path of a webhook is often its password), never more than a line.
 */
export function shown(value: unknown, key = ''): string {
  if (value === undefined || value === null) return '';
  if (secretKey.test(key) && typeof value !== 'boolean') return '(hidden)';
  const text = typeof value === 'string' ? value : hideSecrets(value);
  const line = text.replace(/\s+/g, ' ').replace(/\b([a-z][a-z0-9+.-]*:\/\/)[^\s"']+/gi, (url) => shortUrl(url));
  return line.length > 160 ? `${line.slice(0, 157)}…` : line;
}

function hideSecrets(value: unknown): string {
  return JSON.stringify(value, (key, inner) =>
    secretKey.test(key) && (typeof inner === 'string' || typeof inner === 'number') ? '(hidden)' : inner,
  );
}

function shortUrl(url: string): string {
  const match = /^([a-z][a-z0-9+.-]*:\/\/)(?:[^/@\s]*@)?([^/?#\s]*)(.*)$/i.exec(url);
  if (match === null) return '(hidden)';
  const [, scheme = '', host = '', rest = ''] = match;
  return `${scheme}${host}${rest.length > 1 && !host.startsWith('outside-') ? '/…' : rest}`;
}
