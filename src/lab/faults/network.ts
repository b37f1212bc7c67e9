import type { LabAddress } from '../../model/lab.ts';
import { messageOf } from '../../model/message.ts';
import { engineClient } from '../engine.ts';
import { containerOf } from '../services/containers.ts';

/** Where a container was connected, to connect it there again. */
export interface Cable {
  readonly service: string;
  readonly network: string;
  readonly address: string;
  readonly aliases: readonly string[];
}

/** Whether a service is on any network. To ask it tells less: where it is on none its name is known to nobody, and a lookup takes the resolver's whole patience. */
export async function isConnected(lab: LabAddress, service: string): Promise<boolean> {
  const { NetworkSettings: settings } = await (await containerOf(lab, service)).inspect();
  return Object.keys(settings.Networks).length > 0;
}

/** Takes services off all their networks, as a cable that is pulled. @returns what `connect` needs to undo it */
export async function disconnect(lab: LabAddress, services: readonly string[]): Promise<Cable[]> {
  const docker = await engineClient();
  const cables = await Promise.all(
    services.map(async (service) => {
      const container = await containerOf(lab, service);
      const { NetworkSettings: settings } = await container.inspect();
      const joined = Object.entries(settings.Networks).map(([network, endpoint]): Cable => {
        // The engine adds the container's short id by itself.
        const aliases = (endpoint.Aliases ?? []).filter((alias: string) => !container.id.startsWith(alias));
        return { service, network, address: endpoint.IPAddress, aliases };
      });
      for (const { network } of joined)
        await docker.getNetwork(network).disconnect({ Container: container.id, Force: true });
      return joined;
    }),
  );
  return cables.flat();
}

/**
 * Connects services again where they were, under the same names. The engine gives the first free address of a network,
 * so in the order of their addresses each gets its own back.
 */
export async function connect(lab: LabAddress, cables: readonly Cable[]): Promise<void> {
  const docker = await engineClient();
  const refused: string[] = [];
  for (const { service, network, aliases } of cables.toSorted((a, b) => order(a.address) - order(b.address))) {
    const container = await containerOf(lab, service);
    const { NetworkSettings: settings } = await container.inspect();
    if (settings.Networks[network] !== undefined) continue;
    await docker
      .getNetwork(network)
      .connect({ Container: container.id, EndpointConfig: { Aliases: [...aliases] } })
      // One that cannot be connected must not keep the others off their networks.
      .catch((problem: unknown) => refused.push(messageOf(problem)));
  }
  if (refused.length > 0) throw new Error(refused.join('; '));
}

function order(address: string): number {
  return address.split('.').reduce((value, part) => value * 256 + Number(part), 0);
}
