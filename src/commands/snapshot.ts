import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { messageOf } from '../model/message.ts';
import type { AskedService, SnapshotFile, SnapshotManifest } from '../model/snapshot.ts';
import { readRepository } from '../read/repository.ts';
import { type Address, serviceNames } from '../snapshot/address.ts';
import { heldAlerts, ruleStates } from '../snapshot/alerts.ts';
import { exportedDashboards } from '../snapshot/dashboards.ts';
import { configurationFiles, repositoryFolder } from '../snapshot/files.ts';
import { besideText, makeSnapshot, readSnapshot } from '../snapshot/snapshot.ts';
import { addressOf, authorizationOf } from './credentials.ts';
import type { Outcome } from './output.ts';
import { Refusal } from './refusal.ts';
import { readSubject, type Subject, version } from './subject.ts';

/** What `snapshot` was asked. */
export interface SnapshotOptions {
  readonly repo: string;
  readonly plan?: string;
  readonly stack?: string;
  readonly output: string;
  readonly addresses: Readonly<Partial<Record<AskedService, string>>>;
}

/**
 * Keeps what there is before a migration: the configuration from the repository's files, and from the services whose
 * addresses are given, the dashboards as they are served and the alerts as they stand. All of it or none is written.
 */
export async function snapshot(options: SnapshotOptions): Promise<Outcome> {
  const addresses = addressesOf(options.addresses);
  const subject = await readSubject(resolve(options.repo), options.plan);
  const repository = readRepository(subject.base, options.stack === undefined ? {} : { stack: options.stack });
  const own = subject.loaded?.plan.stack;
  const stacks = own === undefined ? repository.stacks : repository.stacks.filter((one) => one.composeFile === own);
  const files = configurationFiles(subject.base, stacks, touchedPaths(subject));
  if (files.length === 0)
    throw new Refusal(3, `nothing to save: no compose file in "${options.repo}" runs a monitoring product`);
  const asked = await answersOf(addresses);
  const about = {
    tool: `stackproof ${version()}`,
    origin: subject.base.origin,
    plan: subject.loaded?.plan.name ?? null,
    stacks: stacks.map((stack) => stack.composeFile),
    asked: Object.fromEntries(addresses.map(({ service, url }) => [service, url])),
  };
  const made = await makeSnapshot(about, [...files, ...asked]);
  const file = join(options.output, made.name);
  write(options.output, besideOf(file), Buffer.from(besideText(made)));
  write(options.output, file, made.archive);
  return { code: 0, text: `wrote ${file}\n${contentsOf(made.manifest)}` };
}

/** Reads a snapshot back, every byte of it: whether it can be restored from is known before it is needed. */
export async function verifySnapshot(file: string): Promise<Outcome> {
  let archive: Buffer;
  try {
    archive = readFileSync(file);
  } catch (problem) {
    throw new Refusal(2, `"${file}" cannot be read: ${messageOf(problem)}`);
  }
  const beside = besideOf(file);
  const written = existsSync(beside) ? readFileSync(beside, 'utf8') : undefined;
  const read = await readSnapshot(archive, written).catch((problem: unknown) => {
    throw new Refusal(1, `"${file}" is damaged: ${messageOf(problem)}`);
  });
  const note = written === undefined ? `  there is no ${basename(beside)} beside it to compare with\n` : '';
  return { code: 0, text: `${file} is whole\n${contentsOf(read.manifest)}${note}` };
}

function addressesOf(given: SnapshotOptions['addresses']): Address[] {
  const services: readonly AskedService[] = ['grafana', 'prometheus', 'alertmanager'];
  return services.flatMap((service) => {
    const address = given[service];
    if (address === undefined) return [];
    const authorization = authorizationOf(service, process.env);
    return [{ service, url: addressOf(service, address), ...(authorization === undefined ? {} : { authorization }) }];
  });
}

/** What the plan changes or takes away, as it is before. */
function touchedPaths({ base, candidate }: Subject): string[] {
  return [...base.files.values()]
    .filter((file) => {
      const after = candidate.files.get(file.path);
      return after !== file && (after?.mode !== file.mode || Buffer.compare(after.bytes, file.bytes) !== 0);
    })
    .map((file) => file.path);
}

async function answersOf(addresses: readonly Address[]): Promise<SnapshotFile[]> {
  const files: SnapshotFile[] = [];
  try {
    for (const address of addresses) {
      if (address.service === 'grafana') files.push(...(await exportedDashboards(address)));
      else files.push(await (address.service === 'prometheus' ? ruleStates(address) : heldAlerts(address)));
    }
  } catch (problem) {
    throw new Refusal(3, `nothing was written: ${messageOf(problem)}`);
  }
  return files;
}

function contentsOf({ entries, asked, origin }: SnapshotManifest): string {
  const below = (folder: string): number => entries.filter(({ path }) => path.startsWith(`${folder}/`)).length;
  const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`;
  const lines = [
    `${counted(below(repositoryFolder), 'file')} of the configuration (${origin})`,
    asked.grafana === undefined
      ? 'no dashboards as they are served: no address of Grafana was given'
      : `${counted(below('dashboards') - 1, 'dashboard')}, as ${serviceNames.grafana} at ${asked.grafana} serves them`,
    ...(['prometheus', 'alertmanager'] as const).map((service) =>
      asked[service] === undefined
        ? `no alert states of ${serviceNames[service]}: no address of it was given`
        : `alert states of ${serviceNames[service]} at ${asked[service]}`,
    ),
  ];
  return lines.map((line) => `  ${line}\n`).join('');
}

function besideOf(file: string): string {
  return `${file.replace(/\.tar\.gz$/, '')}.manifest.json`;
}

/** Configuration may hold secrets, so only its owner reads the archive. It appears at once and whole. */
function write(folder: string, file: string, bytes: Uint8Array): void {
  try {
    mkdirSync(folder, { recursive: true });
    writeFileSync(`${file}.partial`, bytes, { mode: 0o600 });
    chmodSync(`${file}.partial`, 0o600);
    renameSync(`${file}.partial`, file);
  } catch (problem) {
    throw new Refusal(2, `cannot write "${file}": ${messageOf(problem)}`);
  }
}
