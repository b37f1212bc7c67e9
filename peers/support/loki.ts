import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Genuine } from './genuine.ts';

/** Starts a Loki on this machine alone, asks it, and ends it. */
export async function askedLoki<T>(loki: Genuine, question: (address: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'stackproof-loki-'));
  const [http, grpc] = [await freePort(), await freePort()];
  writeFileSync(join(folder, 'c.yml'), configuration(folder, http, grpc));
  const child = spawn(loki.file, ['-config.file=c.yml'], { cwd: folder, stdio: 'ignore' });
  const ended = new Promise<void>((resolve) => child.on('close', () => resolve()));
  try {
    const address = `http://127.0.0.1:${http}`;
    await answering(`${address}/loki/api/v1/format_query?query=1`);
    return await question(address);
  } finally {
    child.kill('SIGKILL');
    await ended;
    rmSync(folder, { recursive: true, force: true });
  }
}

async function answering(url: string): Promise<void> {
  for (let look = 0; look < 240; look += 1) {
    const found = await fetch(url).catch(() => undefined);
    if (found?.ok === true) return;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  throw new Error(`no answer from ${url}`);
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => (typeof address === 'object' && address !== null ? resolve(address.port) : reject(address)));
    });
  });
}

const configuration = (folder: string, http: number, grpc: number): string => `auth_enabled: false
server: { http_listen_address: 127.0.0.1, http_listen_port: ${http}, grpc_listen_address: 127.0.0.1, grpc_listen_port: ${grpc} }
common:
  instance_addr: 127.0.0.1
  path_prefix: ${folder}
  replication_factor: 1
  ring: { kvstore: { store: inmemory } }
  storage: { filesystem: { chunks_directory: ${folder}/chunks, rules_directory: ${folder}/rules } }
schema_config:
  configs:
    - { from: 2024-01-01, store: tsdb, object_store: filesystem, schema: v12, index: { prefix: index_, period: 24h } }
analytics: { reporting_enabled: false }
`;
