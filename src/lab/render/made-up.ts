import { createHash } from 'node:crypto';

const secretName = /pass|secret|token|key|credential|auth|webhook|\.pem$|\.crt$/i;

/** Whether a variable or file of this name holds a secret. */
export function looksSecret(name: string): boolean {
  return secretName.test(name);
}

/** A value for a secret the repository does not hold: other in every run, the same within one. */
export function madeUp(project: string, name: string): string {
  return `made-up-${createHash('sha256').update(`${project}/${name}`).digest('hex').slice(0, 24)}`;
}
