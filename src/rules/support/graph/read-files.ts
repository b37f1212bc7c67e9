import type { Expectation, Offer } from '../../../model/graph.ts';
import type { Mount, Product, Service, Stack } from '../../../model/stack.ts';
import { kindAt, type Tree, textAt } from '../../../model/tree.ts';
import { containerFiles } from '../../../read/container.ts';
import { baseOf, globMatches, isGlob } from '../../../read/paths.ts';
import { isOfItsMakers } from '../makers.ts';

/** What each program reads without being told, as files and as folders with everything below. */
const readAnyway: Readonly<Record<Product, readonly string[]>> = {
  prometheus: ['/etc/prometheus/prometheus.yml', '/etc/prometheus/consoles', '/etc/prometheus/console_libraries'],
  alertmanager: ['/etc/alertmanager/alertmanager.yml'],
  grafana: ['/etc/grafana', '/var/lib/grafana', '/usr/share/grafana', '/run.sh'],
  loki: ['/etc/loki/local-config.yaml'],
  promtail: ['/etc/promtail/config.yml'],
  'node-exporter': [],
  cadvisor: [],
};

/** What the libraries below every program read. */
const system =
  /^\/(?:etc\/(?:ssl|pki|localtime|timezone|hosts|passwd|group|resolv\.conf|nsswitch\.conf|ca-certificates)|usr|lib|proc|sys|dev)(?:\/|$)/;

/**
 * Files that a product's container is given, and those that it reads: by default, by a flag, a variable or its configuration. Rule
 * files of Prometheus have an owner of their own.
 */
export function mountedFiles(tree: Tree, stack: Stack): readonly [readonly Offer[], readonly Expectation[]] {
  const offers: Offer[] = [];
  const expectations: Expectation[] = [];
  for (const service of stack.services) {
    const { product, definition } = service;
    if (product === undefined || !isOfItsMakers(service) || definition['entrypoint'] !== undefined) continue;
    const given = service.mounts.filter((mount) => isGiven(tree, mount));
    if (given.length === 0) continue;
    // Most mounts are read by default: then nothing need be looked through.
    let words: ReadonlySet<string> | undefined;
    for (const mount of given) {
      const name = `${service.name}:${mount.target}`;
      offers.push({ kind: 'mounted file', name, at: mount.at, by: service.name });
      const anyway = readAnyway[product].some((path) => isWithin(path, mount.target) || isWithin(mount.target, path));
      let isRead = anyway || system.test(mount.target) || isRuleFile(tree, service, mount);
      if (!isRead) {
        words ??= wordsOf(tree, service);
        isRead = isNamed(words, mount);
      }
      if (isRead) expectations.push({ kind: 'mounted file', name, at: service.at, from: `Service "${service.name}"` });
    }
  }
  return [offers, expectations];
}

/** A mount that somebody put there for the program: of the repository, a secret or a config. What is missing has a rule of its own. */
function isGiven(tree: Tree, { kind, repoPath }: Mount): boolean {
  if (kind === 'secret' || kind === 'config') return true;
  return kind === 'bind' && repoPath !== undefined && repoPath !== '.' && kindAt(tree, repoPath) !== 'absent';
}

function isWithin(path: string, folder: string): boolean {
  return `${path}/`.startsWith(`${folder.replace(/\/+$/, '')}/`);
}

function isRuleFile(tree: Tree, { product }: Service, { repoPath = '' }: Mount): boolean {
  return product === 'prometheus' && /^groups:/m.test(textAt(tree, repoPath) ?? '');
}

/** Every word of the service and of the files it is given that may be a path. */
function wordsOf(tree: Tree, service: Service): Set<string> {
  const { command, environment, definition } = service;
  const texts = [
    ...command.map(({ value }) => value),
    ...[...environment.values()].map(({ value }) => value ?? ''),
    JSON.stringify(definition['healthcheck'] ?? ''),
    ...containerFiles(tree, service, '/').map(({ repoPath }) => textAt(tree, repoPath) ?? ''),
  ];
  const words = new Set<string>();
  // A word may be a pattern with braces, or a path in the braces of Grafana's "$__file{…}".
  for (const text of texts)
    for (const [whole] of text.matchAll(/[\w./*?[\]{}@+-]+/g))
      for (const word of new Set([whole, ...whole.split(/[{}]/)])) if (/[./*]|\w{3}/.test(word)) words.add(word);
  return words;
}

/** Whether a word names the mount: its path, something below or above it, its last part, or a pattern that matches. */
function isNamed(words: ReadonlySet<string>, { target }: Mount): boolean {
  const base = baseOf(target);
  for (const word of words) {
    if (word.endsWith(base) || word.includes(`${base}/`)) return true;
    if (!word.includes('/') && !isGlob(word)) continue;
    if (word.startsWith('/') && word.length > 1 && (isWithin(word, target) || isWithin(target, word))) return true;
    if (isGlob(word) && (globMatches(word, target) || globMatches(baseOf(word), base))) return true;
  }
  return false;
}
