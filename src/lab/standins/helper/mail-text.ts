/** A mail taken apart: headers by lower-case name, and its text. */
export interface ParsedMail {
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}

/** Takes a mail apart as far as the proof needs: folded and encoded headers, one level of parts and transfer encodings. */
export function parseMail(source: string): ParsedMail {
  const { headers, body } = split(source);
  return { headers, text: textOf(headers, body) };
}

function split(source: string): { headers: Record<string, string>; body: string } {
  const end = /\r?\n\r?\n/.exec(source);
  const head = end === null ? source : source.slice(0, end.index);
  const headers: Record<string, string> = {};
  for (const line of head.replace(/\r?\n[ \t]+/g, ' ').split(/\r?\n/)) {
    const colon = line.indexOf(':');
    if (colon > 0) headers[line.slice(0, colon).trim().toLowerCase()] = decodeWords(line.slice(colon + 1).trim());
  }
  return { headers, body: end === null ? '' : source.slice(end.index + end[0].length) };
}

/** Plain text where there is any, else the first part as it is (Alertmanager mostly sends HTML alone). */
function textOf(headers: Readonly<Record<string, string>>, body: string): string {
  const type = headers['content-type'] ?? 'text/plain';
  const boundary = /boundary="?([^";]+)"?/i.exec(type)?.[1];
  if (!/^multipart\//i.test(type) || boundary === undefined)
    return decodeBody(headers['content-transfer-encoding'] ?? '', body);
  const parts = body
    .split(`--${boundary}`)
    .slice(1, -1)
    .map((part) => split(part.replace(/^\r?\n/, '')))
    .map((part) => ({ type: part.headers['content-type'] ?? '', text: textOf(part.headers, part.body) }));
  const filled = parts.filter((part) => part.text.trim() !== '');
  return (filled.find((part) => /^text\/plain/i.test(part.type)) ?? filled[0])?.text ?? '';
}

function decodeBody(encoding: string, body: string): string {
  if (/^base64$/i.test(encoding)) return Buffer.from(body, 'base64').toString('utf8');
  return /^quoted-printable$/i.test(encoding) ? decodeQuoted(body.replace(/=\r?\n/g, '')) : body;
}

/** `=?utf-8?q?…?=` (https://www.rfc-editor.org/rfc/rfc2047). */
function decodeWords(text: string): string {
  return text
    .replace(/\?=\s+=\?/g, '?==?')
    .replace(/=\?[^?]+\?([bqBQ])\?([^?]*)\?=/g, (_whole, how: string, word: string) =>
      how.toLowerCase() === 'b'
        ? Buffer.from(word, 'base64').toString('utf8')
        : decodeQuoted(word.replaceAll('_', ' ')),
    );
}

function decodeQuoted(text: string): string {
  const bytes = Buffer.from(text.replace(/[^\x00-\xff]/g, '?'), 'latin1').toString('latin1');
  const unpacked = bytes.replace(/=([0-9A-F]{2})/gi, (_whole, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
  return Buffer.from(unpacked, 'latin1').toString('utf8');
}
