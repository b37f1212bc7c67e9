import { readFileSync } from 'node:fs';
import type { HelperConfig } from './config.ts';
import { startHelper } from './start.ts';

const config: HelperConfig = JSON.parse(readFileSync(process.argv[2] ?? '/helper/stand-ins.json', 'utf8'));
await startHelper(config, '0.0.0.0');
process.stdout.write('the stand-ins are ready\n');
for (const signal of ['SIGTERM', 'SIGINT']) process.on(signal, () => process.exit(0));
