import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { helperFiles } from './helper-files.ts';

test('the files handed to the helper container are a whole program', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'stackproof-helper-'));
  try {
    for (const file of helperFiles()) {
      const path = join(folder, file.path);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, file.bytes);
    }
    const config = {
      name: 'h',
      proxyPort: 0,
      controlPort: 0,
      reachable: [],
      httpPorts: [0],
      smtpPorts: [{ port: 0, tls: false }],
      addresses: {},
      targets: [],
    };
    writeFileSync(join(folder, 'stand-ins.json'), JSON.stringify(config));
    const program = spawn(process.execPath, ['helper/main.ts', 'stand-ins.json'], { cwd: folder, stdio: 'pipe' });
    const errors: string[] = [];
    program.stderr.on('data', (chunk: Buffer) => errors.push(chunk.toString()));
    const [said] = await Promise.race([once(program.stdout, 'data'), once(program, 'exit')]);
    program.kill('SIGKILL');
    expect(String(said), errors.join('')).toBe('the stand-ins are ready\n');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
