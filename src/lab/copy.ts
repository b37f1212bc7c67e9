import { chmod, mkdir, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { redacted } from './redact.ts';
import type { RenderedStack } from './render.ts';

/** Keeps the compose file that is booted, without secrets, and the list of differences. */
export async function writeEvidence(rendered: RenderedStack, folder: string): Promise<void> {
  const put = (name: string, value: unknown): Promise<void> =>
    writeFile(join(folder, name), `${JSON.stringify(value, null, 2)}\n`);
  await mkdir(folder, { recursive: true });
  await put('compose.rendered.json', redacted(rendered.compose));
  await put('differences.json', rendered.differences);
}

/** Writes the copy that is booted into a folder. Engine users in the containers are not ours: every file must be readable, every folder open. */
export async function writeRendered(rendered: RenderedStack, folder: string): Promise<void> {
  await chmod(folder, 0o755);
  for (const file of rendered.files.values()) {
    const target = join(folder, file.path);
    await mkdir(dirname(target), { recursive: true, mode: 0o755 });
    if (file.mode === '120000') {
      await symlink(Buffer.from(file.bytes).toString(), target);
    } else {
      await writeFile(target, file.bytes);
      await chmod(target, file.mode === '100755' ? 0o755 : 0o644);
    }
  }
}
