const secretHeader = /authorization|api-?key|token|cookie|secret/i;
const secretField = /^(routing_key|service_key|api_?key|token|user_?key|secret|password|corpsecret|access_token)$/i;

/** Whether a value is the text of a variable that nobody expanded. */
export function isUnexpanded(value: string): boolean {
  return /\$\{[^}]*\}|\$[A-Z_][A-Z0-9_]*|\{\{.*\}\}/.test(value);
}

/** Headers without secrets: of those it is only said whether they are an unexpanded variable. */
export function hideHeaders(headers: Readonly<Record<string, string | string[] | undefined>>): Record<string, string> {
  const entries = Object.entries(headers).map(([name, value]) => {
    const text = Array.isArray(value) ? value.join(', ') : (value ?? '');
    return [name, secretHeader.test(name) ? hide(text) : text];
  });
  return Object.fromEntries(entries);
}

/** A JSON body without the secrets of its own fields; labels and annotations deeper in it stay. */
export function hideBody(body: unknown): unknown {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return body;
  const entries = Object.entries(body).map(([key, value]) => [
    key,
    secretField.test(key) ? hide(String(value)) : value,
  ]);
  return Object.fromEntries(entries);
}

function hide(value: string): string {
  const scheme = /^(Bearer|Basic|GenieKey|token)\s/i.exec(value)?.[1];
  const words = isUnexpanded(value) ? '(unexpanded variable)' : '(hidden)';
  return scheme === undefined ? words : `${scheme} ${words}`;
}
