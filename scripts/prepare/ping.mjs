import { existsSync } from 'node:fs';
import { request } from 'node:http';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** Whether an engine answers within so many seconds, asked four times a second until `hopeless()`. */
export async function pingEngine(seconds, hopeless = () => false) {
  const end = Date.now() + seconds * 1000;
  for (;;) {
    const answers = await Promise.all(addresses().map(answersAt));
    if (answers.includes(true)) return true;
    if (Date.now() >= end || hopeless()) return false;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}

function addresses() {
  const named = process.env.DOCKER_HOST;
  if (named?.startsWith('unix://')) return [{ socketPath: named.slice('unix://'.length) }];
  if (named !== undefined) {
    const [, host, port = '2375'] = /^(?:tcp|https?):\/\/([^:/]+)(?::(\d+))?/.exec(named) ?? [];
    return host === undefined ? [] : [{ host, port }];
  }
  const personal = process.env.XDG_RUNTIME_DIR ?? join(homedir(), '.docker/run');
  return ['/var/run/docker.sock', join(personal, 'docker.sock')]
    .filter(existsSync)
    .map((path) => ({ socketPath: path }));
}

// Any answer shows an engine: one that wants TLS answers plain HTTP with status 400.
function answersAt(address) {
  return new Promise((resolve) => {
    const asked = request({ ...address, path: '/_ping', timeout: 3000 }, (answer) => {
      answer.resume();
      resolve((answer.statusCode ?? 500) < 500);
    });
    asked.on('timeout', () => asked.destroy());
    asked.on('error', () => resolve(false));
    asked.end();
  });
}
