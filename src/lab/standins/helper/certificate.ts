import { generateKeyPairSync, randomBytes, sign } from 'node:crypto';

/** A key and a certificate for it, PEM. */
export interface KeyAndCertificate {
  readonly key: string;
  readonly cert: string;
}

const ecdsaWithSha256 = [0x06, 0x08, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02];
const commonName = [0x06, 0x03, 0x55, 0x04, 0x03];
const subjectAltName = [0x06, 0x03, 0x55, 0x1d, 0x11];

/**
 * A self-signed certificate for names, made anew at every start: Node has no encoder of its own, so the few structures
 * of RFC 5280 that TLS needs are written here (https://www.rfc-editor.org/rfc/rfc5280#section-4.1).
 */
export function selfSigned(names: readonly string[], now: Date = new Date()): KeyAndCertificate {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
  const name = sequence(
    tagged(0x31, sequence(Buffer.from(commonName), tagged(0x0c, Buffer.from(names[0] ?? 'stand-in')))),
  );
  const serial = randomBytes(8);
  serial[0] = ((serial[0] ?? 0) & 0x7f) | 0x40;
  const algorithm = sequence(Buffer.from(ecdsaWithSha256));
  const alternatives = sequence(...names.map((one) => tagged(0x82, Buffer.from(one))));
  const extension = sequence(Buffer.from(subjectAltName), tagged(0x04, alternatives));
  const body = sequence(
    tagged(0xa0, tagged(0x02, Buffer.from([2]))),
    tagged(0x02, serial),
    algorithm,
    name,
    sequence(time(now, -1), time(now, 7)),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    tagged(0xa3, sequence(extension)),
  );
  const signature = sign('sha256', body, privateKey);
  const certificate = sequence(body, algorithm, tagged(0x03, Buffer.concat([Buffer.from([0]), signature])));
  return { key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(), cert: pem(certificate) };
}

function tagged(tag: number, ...parts: readonly Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  const { length } = content;
  const size = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
}

function sequence(...parts: readonly Buffer[]): Buffer {
  return tagged(0x30, ...parts);
}

/** UTCTime some days from now. */
function time(now: Date, days: number): Buffer {
  const at = new Date(now.getTime() + days * 86_400_000);
  return tagged(0x17, Buffer.from(`${at.toISOString().slice(2, 19).replace(/[-:T]/g, '')}Z`));
}

function pem(der: Buffer): string {
  const lines = der.toString('base64').match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`;
}
