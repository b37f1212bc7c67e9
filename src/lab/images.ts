import type { UsedImage } from '../model/lab.ts';
import { messageOf } from '../model/message.ts';
import type { Dockerode } from './dockerode.ts';

/** What may be done to get an image. */
export interface ImagePolicy {
  readonly pull: boolean;
  readonly substitutes: 'allow' | 'refuse';
}

/** An image that could not be had, and why. `substitute` names what would have been used. */
export interface MissingImage {
  readonly service: string;
  readonly pinned: string;
  readonly why: string;
  readonly substitute?: string;
}

const label = 'stackproof.substitute';

/**
 * Gets each service's pinned image by the order present → pull → substitute. A substitute is an image of this engine that
 * carries the label `stackproof.substitute.for=<reference>`, or, failing that, `stackproof.substitute.repository`.
 */
export async function resolveImages(
  docker: Dockerode,
  wanted: Readonly<Record<string, string>>,
  policy: ImagePolicy,
): Promise<{ used: UsedImage[]; missing: MissingImage[] }> {
  const answers = await Promise.all(
    Object.entries(wanted).map(([service, pinned]) => resolveImage(docker, service, pinned, policy)),
  );
  return {
    used: answers.filter((answer) => 'id' in answer),
    missing: answers.filter((answer) => 'why' in answer),
  };
}

async function resolveImage(
  docker: Dockerode,
  service: string,
  pinned: string,
  policy: ImagePolicy,
): Promise<UsedImage | MissingImage> {
  const present = await imageOf(docker, pinned);
  // A substitute stays one under whatever name somebody gave it.
  if (present !== undefined && present.note === undefined)
    return { service, pinned, image: pinned, id: present.id, how: 'present' };
  if (present?.note !== undefined && policy.substitutes === 'allow')
    return { service, pinned, image: pinned, id: present.id, how: 'substitute', note: present.note };
  if (present !== undefined)
    return { service, pinned, why: `image "${pinned}" is a substitute (${present.note})`, substitute: pinned };
  const refusal = policy.pull ? await pull(docker, pinned) : 'pulling is switched off';
  const pulled = refusal === undefined ? await imageOf(docker, pinned) : undefined;
  if (pulled !== undefined && pulled.note === undefined)
    return { service, pinned, image: pinned, id: pulled.id, how: 'pulled' };
  const substitute = await findSubstitute(docker, pinned);
  const why = `image "${pinned}" is not present and was not pulled (${refusal ?? 'the engine did not keep it'})`;
  if (substitute === undefined) return { service, pinned, why };
  if (policy.substitutes === 'refuse') return { service, pinned, why, substitute: substitute.image };
  return { service, pinned, ...substitute, how: 'substitute' };
}

async function imageOf(docker: Dockerode, reference: string): Promise<{ id: string; note?: string } | undefined> {
  try {
    const { Id: id, Config: config } = await docker.getImage(reference).inspect();
    const labels = config?.Labels ?? {};
    return labels[label] === undefined ? { id } : { id, note: noteOf(labels) };
  } catch {
    return undefined;
  }
}

function noteOf(labels: Readonly<Record<string, string>>): string {
  const note = labels[`${label}.note`];
  return `built from ${labels[`${label}.version`] ?? 'an unknown version'}${note === undefined ? '' : `; ${note}`}`;
}

async function pull(docker: Dockerode, reference: string): Promise<string | undefined> {
  try {
    const stream = await docker.pull(reference);
    await new Promise<void>((resolve, reject) => {
      docker.modem.followProgress(stream, (problem) => (problem ? reject(problem) : resolve()));
    });
    return undefined;
  } catch (problem) {
    const words = messageOf(problem);
    return words.split('\n')[0] ?? words;
  }
}

async function findSubstitute(
  docker: Dockerode,
  pinned: string,
): Promise<{ image: string; id: string; note: string } | undefined> {
  const repositories = sameRepositories(pinned.replace(/@.*$/, '').replace(/:[^:/]*$/, ''));
  const ofRepository = repositories.map((repository) => `${label}.repository=${repository}`);
  for (const filter of [`${label}.for=${pinned}`, ...ofRepository]) {
    const found = await docker.listImages({ filters: JSON.stringify({ label: [filter], dangling: ['false'] }) });
    const image = found.find((candidate) => (candidate.RepoTags ?? []).length > 0);
    const name = image?.RepoTags?.[0];
    if (image === undefined || name === undefined) continue;
    return { image: name, id: image.Id, note: noteOf(image.Labels ?? {}) };
  }
  return undefined;
}

/**
 * The names under which the same image is published: a repository of Docker Hub with and without its registry, that of
 * the Prometheus project on Quay (https://prometheus.io/download/), Grafana under its older name
 * (https://grafana.com/docs/grafana/latest/setup-grafana/installation/docker/).
 */
export function sameRepositories(repository: string): string[] {
  const plain = repository.replace(/^(index\.)?docker\.io\//, '');
  const hub = plain.replace(/^quay\.io\/prometheus\//, 'prom/').replace(/^grafana\/grafana-oss$/, 'grafana/grafana');
  return [...new Set([repository, plain, hub])];
}
