import type { getContainerRuntimeClient } from 'testcontainers';

/** The engine's client as Testcontainers hands it out. */
export type Dockerode = Awaited<ReturnType<typeof getContainerRuntimeClient>>['container']['dockerode'];
