import { posix } from 'node:path';
import { isTemplated, templateFunctions } from '../../catalog/alertmanager.ts';
import type { AlertmanagerConfig, Receiver } from '../../model/alertmanager.ts';
import type { Place, Pointer } from '../../model/location.ts';
import { textAt } from '../../model/tree.ts';
import { type GoTemplate, templateReader } from '../../query/go-template.ts';
import { containerMatches } from '../../read/container.ts';
import { flagValue } from '../../read/flags.ts';
import { containerPath } from '../../read/paths.ts';
import { isMapping } from '../../read/values.ts';
import type { StackContext } from '../grains.ts';
import { remembered } from './remembered.ts';

/** A text of an integration that Alertmanager fills in as a template. */
export interface TemplatedText {
  readonly receiver: Receiver;
  readonly key: string;
  readonly text: string;
  readonly at: Place;
  readonly parsed: GoTemplate;
}

/** A file that an entry of `templates` matches. */
export interface TemplateFile {
  readonly path: string;
  readonly parsed: GoTemplate;
}

/** Reads a template as Alertmanager 0.26 does. */
export const readTemplate = templateReader(templateFunctions);

/** Every templated text of the receivers, nested ones included. */
export const templatedTexts = remembered(({ receivers }: AlertmanagerConfig): readonly TemplatedText[] =>
  receivers.flatMap((receiver) =>
    receiver.integrations.flatMap(({ kind, value, at }) =>
      Object.entries(value).flatMap(([key, held]) =>
        isTemplated(kind, key) ? textsBelow(receiver, key, held, at.file, [...(at.pointer ?? []), key]) : [],
      ),
    ),
  ),
);

function textsBelow(receiver: Receiver, key: string, held: unknown, file: string, pointer: Pointer): TemplatedText[] {
  if (typeof held === 'string')
    return held.includes('{{')
      ? [{ receiver, key, text: held, at: { file, pointer }, parsed: readTemplate(held) }]
      : [];
  const entries = Array.isArray(held) ? [...held.entries()] : isMapping(held) ? Object.entries(held) : [];
  return entries.flatMap(([name, item]) => textsBelow(receiver, key, item, file, [...pointer, name]));
}

/** The files that `templates` matches, each once; `whole` is false where an entry matches none in the repository. */
export function templateFiles(
  config: AlertmanagerConfig,
  { stack, repository: { tree } }: StackContext,
): { readonly files: readonly TemplateFile[]; readonly whole: boolean } {
  const service = stack.services.find((one) => one.name === config.service);
  if (service === undefined) return { files: [], whole: false };
  const folder = posix.dirname(flagValue(service, 'config.file')?.value || '/etc/alertmanager/alertmanager.yml');
  const matched = config.templates.map(({ value }) => containerMatches(tree, service, containerPath(folder, value)));
  const files = [...new Set(matched.flat())].map((path) => ({ path, parsed: readTemplate(textAt(tree, path) ?? '') }));
  return { files, whole: matched.every((paths) => paths.length > 0) };
}
