import type { Server } from 'node:http';
import { selfSigned } from './certificate.ts';
import type { HelperConfig } from './config.ts';
import { createControl } from './control.ts';
import { listen } from './listen.ts';
import { createMailHost } from './mail-host.ts';
import { createParties } from './parties.ts';
import { createProxy } from './proxy.ts';
import { emptyMemory, type Memory } from './record.ts';

/** A helper that listens. */
export interface RunningHelper {
  readonly memory: Memory;
  stop(): Promise<void>;
}

/** Starts everything the helper plays. @throws where a port cannot be had. */
export async function startHelper(config: HelperConfig, host: string): Promise<RunningHelper> {
  const memory = emptyMemory(config);
  const servers: { server: Server; port: number }[] = [
    { server: createProxy(config), port: config.proxyPort },
    { server: createControl(memory), port: config.controlPort },
    ...config.httpPorts.map((port) => ({ server: createParties(memory), port })),
  ];
  const names = Object.keys(config.addresses).map((address) => address.split(':')[0] ?? address);
  const certificate = selfSigned([...new Set([config.name, ...names])]);
  const mailHosts = config.smtpPorts.map(({ port, tls }) => ({ host: createMailHost(memory, certificate, tls), port }));
  for (const mail of mailHosts)
    mail.host.on('error', (problem: Error) => process.stderr.write(`mail: ${problem.message}\n`));
  await Promise.all([
    ...servers.map(({ server, port }) => listen(server, port, host)),
    ...mailHosts.map((mail) => listen(mail.host.server, mail.port, host)),
  ]);
  return {
    memory,
    stop: async () => {
      for (const { server } of servers) server.closeAllConnections();
      await Promise.all([
        ...servers.map(({ server }) => new Promise((resolve) => server.close(resolve))),
        ...mailHosts.map((mail) => new Promise<void>((resolve) => mail.host.close(() => resolve()))),
      ]);
    },
  };
}
