import type { IncomingMessage } from 'node:http';

const most = 4 * 1024 * 1024;

/** The body of a request as text, unpacked no further; what is beyond 4 MiB is cut. */
export async function bodyText(incoming: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of incoming) {
    const bytes = Buffer.from(chunk);
    size += bytes.length;
    if (size <= most) chunks.push(bytes);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** The value where the text is JSON, else the text. */
export function jsonOrText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
