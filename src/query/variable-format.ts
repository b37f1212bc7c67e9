/** How a variable's value is written into a text (https://grafana.com/docs/grafana/v10.2/dashboards/variables/variable-syntax/#advanced-variable-format-options). */
type Formatter = (values: readonly string[], name: string) => string;

const formats: Readonly<Record<string, Formatter>> = {
  csv: (values) => values.join(','),
  distributed: (values, name) => values.map((value, index) => (index === 0 ? value : `${name}=${value}`)).join(','),
  doublequote: (values) => values.map((value) => `"${value.replaceAll('"', '\\"')}"`).join(','),
  glob: globbed,
  html: (values) => values.map(escapeHtml).join(', '),
  json: (values) => (values.length === 1 ? (values[0] ?? '') : JSON.stringify(values)),
  lucene: (values) => {
    const terms = values.map(escapeLucene);
    return terms.length === 1 ? (terms[0] ?? '') : `(${terms.map((term) => `"${term}"`).join(' OR ')})`;
  },
  percentencode: (values) => percentEncoded(globbed(values)),
  pipe: (values) => values.join('|'),
  queryparam: (values, name) => values.map((value) => `var-${name}=${percentEncoded(value)}`).join('&'),
  raw: (values) => values.join(','),
  regex: (values) => alternatives(values.map((value) => value.replace(/[\\^$*+?.()|[\]{}/]/g, '\\$&'))),
  singlequote: (values) => values.map((value) => `'${value.replaceAll("'", "\\'")}'`).join(','),
  sqlstring: (values) => values.map((value) => `'${value.replaceAll("'", "''").replaceAll('"', '\\"')}'`).join(','),
};

/** Values in a named format; a format that Grafana does not know is `glob`, as there. */
export function formatted(values: readonly string[], format: string, name: string): string {
  const formatter = Object.hasOwn(formats, format) ? formats[format] : undefined;
  return (formatter ?? globbed)(values, name);
}

/**
 * A single value that is neither one of several nor "All", as a datasource's editor writes it into a query.
 * Prometheus and Loki escape the quotes in it.
 */
export function quoted(value: string, dialect: 'prometheus' | 'loki'): string {
  const slashes = dialect === 'prometheus' ? value.replaceAll('\\', '\\\\') : value;
  return slashes.replaceAll("'", "\\\\'");
}

/** Values of which there may be several, as a datasource's editor writes them into the regular expression of a matcher. */
export function escaped(values: readonly string[], dialect: 'prometheus' | 'loki'): string {
  const safe = values.map((value) => value.replaceAll('\\', '\\\\\\\\').replace(/[$^*{}[\]'+?.()|]/g, '\\\\$&'));
  return dialect === 'loki' ? safe.join('|') : alternatives(safe);
}

function alternatives(values: readonly string[]): string {
  return values.length === 1 ? (values[0] ?? '') : `(${values.join('|')})`;
}

function globbed(values: readonly string[]): string {
  return values.length === 1 ? (values[0] ?? '') : `{${values.join(',')}}`;
}

function percentEncoded(value: string): string {
  return encodeURIComponent(value).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
}

function escapeHtml(value: string): string {
  return value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

function escapeLucene(value: string): string {
  return value.replace(/[!*+\-=<>\s&|()[\]{}^~?:\\/"]/g, '\\$&');
}
