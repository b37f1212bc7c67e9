/** Keys whose value is a secret. The end of the key decides: `password_file` holds a path. */
const passwords = /(?:^|[_.-])(?:password|passwd|passphrase)$/i;
const tokens =
  /(?:^|[_.-])(?:secret|token|api_?key|apikey|access_?key|private_?key|secret_?key|credentials|integration_key|service_key|routing_key)$/i;
const camel = /(?:[Pp]assword|[Ss]ecret|[Tt]oken|[Aa]pi[Kk]ey|[Aa]ccess[Kk]ey|[Pp]rivate[Kk]ey)$/;

const stopWords =
  /^(?:true|false|null|none|nil|yes|no|on|off|admin|root|user|password|passwd|secret|token|guest|grafana|prometheus|default|required|disabled|enabled|bearer|basic|optional|undefined|\[\]|\{\})$/i;
const placeholders =
  /change[-_ ]?(?:me|this|it)|your[-_ ]|[-_ ]here$|example|sample|placeholder|dummy|redacted|replace|todo|fixme|insert|secret[-_]?name|^x{3,}|x{5,}|\*{3,}|\.{3}|^my[-_]|^test|^fake|^(.)\1+$/i;

/** What examples write in place of a secret: the names of its fields, or a UUID of one digit. */
const stands =
  /^(?:aws|s3|access|secret|key|api|auth|client|account|id|password|token)(?:[_-](?:access|secret|key|id|password|token))+$|^(\w)\1{7}(?:-\1{4}){3}-\1{12}$/i;

/** Known forms of tokens, whatever key they stand at. */
const forms: readonly (readonly [kind: string, form: RegExp])[] = [
  ['GitLab token', /\bgl(?:pat|dt|rt|ptt|ft|soat)-[A-Za-z0-9_-]{20,}/],
  ['GitHub token', /\bgh[pousr]_[A-Za-z0-9]{36,}\b/],
  ['AWS access key', /\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/],
  ['Slack token', /\bxox[abprs]-[A-Za-z0-9-]{10,}/],
  ['Slack webhook', /https:\/\/hooks\.slack\.com\/services\/T[A-Z0-9]{6,}\/B[A-Z0-9]{6,}\/[A-Za-z0-9]{20,}/],
  ['Grafana token', /\bgl(?:sa|c)_[A-Za-z0-9_]{20,}/],
  ['Discord webhook', /https:\/\/discord(?:app)?\.com\/api\/webhooks\/\d{15,}\/[A-Za-z0-9_-]{50,}/],
  ['Telegram bot token', /\b\d{8,10}:AA[A-Za-z0-9_-]{33}\b/],
  ['Google API key', /\bAIza[A-Za-z0-9_-]{35}\b/],
  ['Google client secret', /\bGOCSPX-[A-Za-z0-9_-]{20,}/],
  ['SendGrid key', /\bSG\.[A-Za-z0-9_-]{20,}\.[A-Za-z0-9_-]{30,}/],
  ['npm token', /\bnpm_[A-Za-z0-9]{36}\b/],
  ['private key', /-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----/],
  ['password in an address', /\b[a-z][a-z0-9+.-]*:\/\/[^\s:/@"'${}<>]+:(?=[^\s/@"'${}<>]{6,}@)[^\s/@"'${}<>]+@/i],
];

/** A secret that stands in a line: what kind it is and where, never what it says. */
export interface FoundSecret {
  readonly kind: string;
  readonly key: string | undefined;
  readonly span: readonly [start: number, end: number];
}

const assignment = /^\s*(?:-\s+|export\s+)*(["']?)([A-Za-z_][\w.-]*)\1\s*[:=]\s*(.+?)\s*$/;

/**
 * The secret in a line `key: value`, `key = value` or `"key": "value"`, or a token of a known form anywhere in it.
 * A variable, a path, a placeholder or a word is none: better to miss one than to cry wolf.
 */
export function secretIn(line: string): FoundSecret | undefined {
  if (/^\s*(?:#|;|\/\/)/.test(line)) return undefined;
  for (const [kind, form] of forms) {
    const found = form.exec(line);
    if (found !== null && !placeholders.test(found[0]) && !stands.test(passwordOf(found[0])))
      return { kind, key: undefined, span: [found.index, found.index + found[0].length] };
  }
  const found = assignment.exec(line.replace(/^(\s*-\s+)(["'])(.*)\2\s*$/, '$1 $3 '));
  const [, , key, written] = found ?? [];
  if (key === undefined || written === undefined) return undefined;
  const kind = kindOf(key);
  const value = literalOf(written);
  if (kind === undefined || value === undefined || !looksSecret(kind, value)) return undefined;
  const start = line.indexOf(value, line.indexOf(key) + key.length);
  return { kind, key, span: [start, start + value.length] };
}

/** The password of an address `scheme://user:password@`; of another text all of it. */
function passwordOf(text: string): string {
  return /^[^/]*:\/\/[^:@]*:(.*)@$/.exec(text)?.[1] ?? text;
}

function kindOf(key: string): string | undefined {
  if (passwords.test(key)) return 'password';
  if (tokens.test(key)) return /key$/i.test(key) ? 'key' : /token$/i.test(key) ? 'token' : 'secret';
  return camel.test(key) ? 'secret' : undefined;
}

/** The literal text of a value: without quotes and comment; of `${NAME:-text}` the text. */
function literalOf(written: string): string | undefined {
  const quoted = /^(["'])(.*?)\1\s*,?(?:\s+[#;].*)?$/.exec(written)?.[2];
  const plain = quoted ?? written.replace(/\s+[#;].*$/, '').replace(/,$/, '');
  const value = /^\$\{\w+:?-([^}]*)\}$/.exec(plain)?.[1] ?? plain;
  return value === '' ? undefined : value;
}

function looksSecret(kind: string, value: string): boolean {
  if (/[\s${}<>%|&]|^[./~!*[]|^(?:https?|file|vault|env|aws|secret)[:/]/i.test(value)) return false;
  if (stopWords.test(value) || placeholders.test(value) || stands.test(value) || /^[A-Z]+(?:_[A-Z0-9]+)+$/.test(value))
    return false;
  if (/^\d{1,7}[a-z]?$/.test(value)) return false;
  if (kind === 'password') return value.length >= 6;
  const mixed = [/[a-z]/, /[A-Z]/, /\d/].filter((one) => one.test(value)).length >= 2;
  return value.length >= 12 && (mixed || value.length >= 32);
}
