/** A text in a message that should have been something else: a variable or a template nobody expanded. */
export interface Literal {
  /** Where in the message it stands, for instance `body.commonAnnotations.summary` or `subject`. */
  readonly where: string;
  readonly text: string;
}

/**
 * `${NAME}` is a variable that neither Prometheus nor Alertmanager expands; `<no value>` is what a Go template makes of
 * something absent (https://pkg.go.dev/text/template), the last one what Prometheus makes of a template that fails.
 */
const literal = /\$\{[A-Za-z_]\w*[^}]{0,80}\}|<no value>|<error expanding template[^>]{0,200}>?/g;

/** Every such text in a value, wherever in it it stands, each once per place. */
export function literalsIn(value: unknown, where: string): Literal[] {
  if (typeof value === 'string') return [...new Set(value.match(literal) ?? [])].map((text) => ({ where, text }));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    literalsIn(inner, Array.isArray(value) ? `${where}[${key}]` : `${where}.${key}`),
  );
}

/** The headers of which the helper says no more than that they held a variable. */
export function unexpandedHeaders(headers: unknown): Literal[] {
  return Object.entries(typeof headers === 'object' && headers !== null ? headers : {}).flatMap(([name, value]) =>
    String(value).includes('(unexpanded variable)') ? [{ where: `header ${name}`, text: 'a variable' }] : [],
  );
}
