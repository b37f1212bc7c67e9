import { readFileSync } from 'node:fs';
import { messageOf } from '../model/message.ts';
import type { AskedService } from '../model/snapshot.ts';
import { Refusal } from './refusal.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * What proves who asks a service: `STACKPROOF_GRAFANA_TOKEN`, or `STACKPROOF_GRAFANA_USER` and
 * `STACKPROOF_GRAFANA_PASSWORD`; token and password may stand in a file (`…_TOKEN_FILE`, `…_PASSWORD_FILE`). Never an
 * argument, which every process of the machine can read. Undefined where nothing is said.
 */
export function authorizationOf(service: AskedService, environment: Environment): string | undefined {
  const name = `STACKPROOF_${service.toUpperCase()}`;
  const token = secretOf(`${name}_TOKEN`, environment);
  if (token !== undefined) return `Bearer ${token}`;
  const user = environment[`${name}_USER`];
  const password = secretOf(`${name}_PASSWORD`, environment);
  if (user === undefined && password === undefined) return undefined;
  if (user === undefined || password === undefined)
    throw new Refusal(2, `${name}_USER and ${name}_PASSWORD (or ${name}_PASSWORD_FILE) go together`);
  return `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
}

function secretOf(name: string, environment: Environment): string | undefined {
  const value = environment[name];
  const file = environment[`${name}_FILE`];
  if (value !== undefined && file !== undefined) throw new Refusal(2, `give ${name} or ${name}_FILE, not both`);
  if (file === undefined) return value;
  try {
    return readFileSync(file, 'utf8').replace(/\r?\n$/, '');
  } catch (problem) {
    throw new Refusal(2, `${name}_FILE cannot be read: ${messageOf(problem)}`);
  }
}

/** The address of a service as given, without a slash at its end. @throws Refusal (exit 2) where it is none, or holds a secret. */
export function addressOf(service: AskedService, given: string): string {
  let url: URL;
  try {
    url = new URL(given);
  } catch {
    throw new Refusal(2, `--${service} takes an address such as http://127.0.0.1:3000`);
  }
  if (!['http:', 'https:'].includes(url.protocol)) throw new Refusal(2, `--${service} takes an http or https address`);
  if (url.username !== '' || url.password !== '')
    throw new Refusal(
      2,
      `--${service} holds a user or password, which other processes can read: give them as STACKPROOF_${service.toUpperCase()}_USER and …_PASSWORD`,
    );
  if (url.search !== '' || url.hash !== '') throw new Refusal(2, `--${service} takes an address without "?" and "#"`);
  return url.href.replace(/\/+$/, '');
}
