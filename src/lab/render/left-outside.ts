import { parseDocument } from 'yaml';
import type { Service, Stack } from '../../model/stack.ts';
import type { TreeFile } from '../../model/tree.ts';
import { cutUrl, hostPort } from './address.ts';
import { environmentName, settingInLabDials } from './grafana-settings.ts';
import { iniLines } from './ini-lines.ts';
import { mapping } from './json.ts';
import { leadsOutside } from './outside.ts';

/** What the check reads of a rendered stack. */
export interface RenderedFiles {
  readonly stack: Stack;
  readonly kept: readonly Service[];
  readonly files: ReadonlyMap<string, TreeFile>;
  /** Paths in `files` of the configuration that some service dials from. */
  readonly dialling: readonly string[];
  readonly compose: Readonly<Record<string, unknown>>;
}

const dialledKey =
  /^(targets|replacement|.*url|server|api_server|endpoint|host|address|smarthost|smtp_smarthost|peer)$/i;
/** Keys that only show an address to people, or that match text. */
const shownKey =
  /^(external_url|runbook_url|generator_url|icon_url|image_url|thumb_url|title_link|client_url|dashboard_?url|homepage.*|auth_url|signout_.*|root_url)$/i;

/**
 * The addresses outside the booted stack that the rendered copy still dials, as `file pointer address`. Empty, or the
 * lab must not boot.
 */
export function leftOutside(rendered: RenderedFiles): string[] {
  const left: string[] = [];
  for (const path of rendered.dialling) {
    const file = rendered.files.get(path);
    if (file === undefined) continue;
    const source = new TextDecoder().decode(file.bytes);
    const found = path.endsWith('.ini') ? iniAddresses(source) : yamlAddresses(source);
    for (const { at, address } of found) if (leaves(rendered, address)) left.push(`${path} ${at} ${address}`);
  }
  for (const [name, service] of Object.entries(mapping(rendered.compose['services']) ?? {})) {
    for (const [key, value] of Object.entries(mapping(mapping(service)?.['environment']) ?? {})) {
      if (typeof value !== 'string' || !settingInLabDials(key)) continue;
      if (leaves(rendered, value)) left.push(`${name} environment ${key} ${value}`);
    }
  }
  return left.sort();
}

function leaves(rendered: RenderedFiles, address: string): boolean {
  const host = cutUrl(address)?.host ?? (address.includes('://') ? undefined : hostPort(address)?.host);
  return host !== undefined && leadsOutside(rendered, host);
}

function iniAddresses(source: string): { at: string; address: string }[] {
  return iniLines(source)
    .filter((line) => settingInLabDials(environmentName(line.section, line.key)))
    .map((line) => ({ at: `${line.section}.${line.key}`, address: line.value }));
}

function yamlAddresses(source: string): { at: string; address: string }[] {
  const document = parseDocument(source, { merge: true, logLevel: 'silent' });
  if (document.errors.length > 0) return [];
  const found: { at: string; address: string }[] = [];
  walk(document.toJS(), '', '', found);
  return found;
}

function walk(value: unknown, key: string, at: string, found: { at: string; address: string }[]): void {
  if (typeof value === 'string') {
    const bare =
      key === 'replacement' || key === 'targets' || value.includes('://') || hostPort(value)?.port !== undefined;
    if (dialledKey.test(key) && !shownKey.test(key) && bare && isAddress(key, value))
      found.push({ at, address: value });
  } else if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) walk(item, key, `${at}[${index}]`, found);
  } else {
    for (const [name, inner] of Object.entries(mapping(value) ?? {}))
      walk(inner, name, at === '' ? name : `${at}.${name}`, found);
  }
}

/** A replacement is an address only where it looks like one: mostly it is a label's text. */
function isAddress(key: string, value: string): boolean {
  return key !== 'replacement' || /^[\w.-]+:\d+$/.test(value);
}
