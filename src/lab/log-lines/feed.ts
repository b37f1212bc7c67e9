import type { LogFolder } from '../../model/lab.ts';
import { list, type Mapping, mapping, text } from '../render/json.ts';
import { globExpression, pathNamedBy } from './glob.ts';

/** Where the lab writes lines for one job: a folder, and the file in it as the shipper sees it. */
export interface Feed {
  readonly folder: LogFolder;
  readonly path: string;
}

/** A job that can be fed; one of which the lab cannot tell; or one that no line ever reaches. */
export type Feeding = Feed | { readonly unknown: string } | { readonly problem: string };

/** A Promtail's side of the question. `targets` are all places where something is mounted in its container. */
export interface Shipper {
  readonly service: string;
  readonly folders: readonly LogFolder[];
  readonly targets: readonly string[];
}

/** Sources that nothing in a lab can speak for, in words. */
const elsewhere: Readonly<Record<string, string>> = {
  journal: 'the journal of the host, which the lab does not have',
  syslog: 'what others send it by syslog',
  gcplog: 'Google Cloud',
  loki_push_api: 'what others push to it',
  windows_events: 'the events of Windows',
  kafka: 'Kafka',
  azure_event_hubs: 'Azure',
  gelf: 'what others send it by GELF',
  cloudflare: 'Cloudflare',
  heroku_drain: 'what Heroku sends it',
};

/**
 * How one scrape job of a Promtail can be fed. As Promtail does it, files go before every other source
 * (https://grafana.com/docs/loki/v2.9.x/send-data/promtail/configuration/#scrape_configs).
 * @param word what a file is called where its name is free
 */
export function feedingOf(job: Mapping, shipper: Shipper, word: string): Feeding {
  const discoveries = Object.keys(job).filter((key) => key.endsWith('_sd_configs') && list(job[key]).length > 0);
  const written = list(job['static_configs']).map((group) => mapping(mapping(group)?.['labels']) ?? {});
  if (written.length > 0) return fileFeeding(written, shipper, word);
  if (discoveries.includes('docker_sd_configs')) return engineFeeding(job, shipper);
  const source = Object.keys(elsewhere).find((key) => mapping(job[key]) !== undefined);
  if (source !== undefined) return { unknown: `it reads ${elsewhere[source]}` };
  const [discovery] = discoveries;
  if (discovery === undefined) return { problem: 'it has no source of lines' };
  return { unknown: `what ${discovery} finds is not the same in the lab` };
}

function fileFeeding(groups: readonly Mapping[], shipper: Shipper, word: string): Feeding {
  const reasons: string[] = [];
  const dead: string[] = [];
  for (const labels of groups) {
    const glob = text(labels['__path__']);
    if (glob === undefined || glob.includes('$') || !glob.startsWith('/')) {
      reasons.push(`its path is ${glob === undefined ? 'not written down' : `"${glob}"`}`);
      continue;
    }
    const excluded = globExpression(text(labels['__path_exclude__']) || '');
    const paths = shipper.folders.flatMap((folder) => pathIn(folder, glob, word) ?? []);
    const feed = paths.find(({ path }) => !excluded.test(path));
    if (feed !== undefined) return feed;
    const root = glob.split(/[*?[{]/)[0] ?? '';
    const mounted = shipper.targets.some((target) => root.startsWith(target) || `${target}/`.startsWith(root));
    if (mounted || paths.length > 0) reasons.push(`the lab cannot write a file that "${glob}" names`);
    else dead.push(`nothing is mounted where "${glob}" points: no line but the container's own is ever there`);
  }
  const [reason] = reasons;
  return reason === undefined ? { problem: dead.join('; ') || 'it has no source of lines' } : { unknown: reason };
}

function pathIn(folder: LogFolder, glob: string, word: string): Feed | undefined {
  const { via, at, target } = folder;
  if (via === 'file') return globExpression(glob).test(target) ? { folder, path: target } : undefined;
  if (via === 'engine') {
    const path = `${target}/${at}/${at}-json.log`;
    return globExpression(glob).test(path) ? { folder, path } : undefined;
  }
  const path = pathNamedBy(glob, word);
  return path?.startsWith(`${target}/`) ? { folder, path } : undefined;
}

/** Through the engine's socket Promtail finds the writer by its label and reads what it prints. */
function engineFeeding(job: Mapping, { service, targets }: Shipper): Feeding {
  const hosts = list(job['docker_sd_configs']).map((discovery) => text(mapping(discovery)?.['host']) ?? '');
  const sockets = hosts.flatMap((host) => /^unix:\/\/(.*)$/.exec(host)?.[1] ?? []);
  const here = sockets.find((socket) => targets.some((target) => `${socket}/`.startsWith(`${target}/`)));
  if (here === undefined)
    return { unknown: `it asks the engine at "${hosts.join(', ')}", which the lab does not have` };
  return { folder: { service, target: here, via: 'engine', at: '' }, path: here };
}
