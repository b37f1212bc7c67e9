import { durationSeconds } from '../../model/duration.ts';
import type { Pointer } from '../../model/location.ts';
import type { ScrapeJob, ScrapeTarget } from '../../model/prometheus.ts';
import { isGlob } from '../paths.ts';
import type { Mapping } from '../values.ts';
import { isMapping, listAt, textsAt, textValue } from '../values.ts';

/** What stands in the files of the repository that a pattern of `file_sd_configs` names. */
export type TargetFiles = (pattern: string) => readonly { readonly path: string; readonly value: unknown }[];

/** The jobs of `scrape_configs`; `defaults` are the global interval and timeout in seconds. */
export function scrapeJobsOf(
  file: string,
  value: Mapping,
  defaults: { readonly interval: number; readonly timeout: number },
  filesOf: TargetFiles,
): ScrapeJob[] {
  return listAt(value, 'scrape_configs').flatMap((job, index) => {
    if (!isMapping(job)) return [];
    const pointer: Pointer = ['scrape_configs', index];
    const interval = durationSeconds(textValue(job, 'scrape_interval') ?? '') ?? defaults.interval;
    const scheme = textValue(job, 'scheme') ?? 'http';
    const patterns = listAt(job, 'file_sd_configs').flatMap((one) => listAt(one, 'files').map(String));
    const found = patterns.map(filesOf);
    const inFiles = found.flat().flatMap((one) => targetsOf(one.path, one.value, [], scheme));
    return {
      name: textValue(job, 'job_name') ?? '',
      at: { file, pointer },
      interval,
      // Without a timeout of its own a job with a short interval is cut to that interval.
      timeout: durationSeconds(textValue(job, 'scrape_timeout') ?? '') ?? Math.min(defaults.timeout, interval),
      metricsPath: textValue(job, 'metrics_path') ?? '/metrics',
      scheme,
      targets: [...targetsOf(file, listAt(job, 'static_configs'), [...pointer, 'static_configs'], scheme), ...inFiles],
      discovery: Object.keys(job).filter((key) => key.endsWith('_sd_configs') && listAt(job, key).length > 0),
      filesRead: patterns.every((pattern, at) => !isGlob(pattern) && Array.isArray(found[at]?.[0]?.value)),
      relabelled: listAt(job, 'relabel_configs').length > 0,
      value: job,
    };
  });
}

/** Host and port of a target address; a URL (as for blackbox probes) is taken apart as one. */
export function splitAddress(address: string, scheme: string): { host: string; port: number } {
  const url = /^([a-z][a-z0-9+.-]*):\/\/([^/?#]*)/i.exec(address);
  const authority = (url?.[2] ?? address.replace(/\/.*$/, '')).replace(/^.*@/, '');
  const fallback = (url?.[1] ?? scheme).toLowerCase() === 'https' ? 443 : 80;
  const found = /^(?:\[([^\]]*)\]|([^:]*))(?::(\d+))?$/.exec(authority);
  if (found === null) return { host: authority, port: fallback };
  return { host: found[1] ?? found[2] ?? '', port: found[3] === undefined ? fallback : Number(found[3]) };
}

/** The targets of groups as `static_configs` and files of `file_sd_configs` have them. */
function targetsOf(file: string, groups: unknown, above: Pointer, scheme: string): ScrapeTarget[] {
  return listAt(groups).flatMap((group, outer) => {
    const labels = textsAt(group, 'labels');
    return listAt(group, 'targets').flatMap((target, inner) => {
      const address = textValue(target);
      if (address === undefined) return [];
      const at = { file, pointer: [...above, outer, 'targets', inner] };
      return { address, ...splitAddress(address, scheme), labels, at };
    });
  });
}
