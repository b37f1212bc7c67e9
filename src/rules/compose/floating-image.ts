import type { FindingDraft } from '../../model/finding.ts';
import type { Located } from '../../model/location.ts';
import type { Service } from '../../model/stack.ts';
import { defineRule } from '../define-rule.ts';
import { quoteAll } from '../support/quote.ts';

const floating = new Set(['latest', 'main', 'master', 'edge', 'nightly', 'unstable', 'dev', 'develop', 'stable']);

/**
 * A tag that moves means another image tomorrow (https://docs.docker.com/build/building/best-practices/#pin-base-image-versions).
 * The stack works all the same today, and a receipt names the image that ran by its id: a warning, not an error.
 */
export const floatingImage = defineRule({
  id: 'compose/floating-image',
  severity: 'warning',
  over: 'stack',
  claim: 'Every image is pinned to a version.',
  check: ({ services }) => {
    const users = new Map<string, Service[]>();
    for (const service of services) {
      const image = floatingOf(service)?.value;
      if (image !== undefined) users.set(image, [...(users.get(image) ?? []), service]);
    }
    return [...users.values()].flatMap(draft);
  },
});

function floatingOf({ image, definition }: Service): Located<string> | undefined {
  if (image === undefined || 'build' in definition || image.value.includes('@')) return undefined;
  // A variable that nothing defines leaves a hole: what the tag will be cannot be told here.
  if (image.value === '' || /[:/]$/.test(image.value)) return undefined;
  const tag = tagOf(image.value);
  return tag === undefined || floating.has(tag.toLowerCase()) ? image : undefined;
}

function tagOf(image: string): string | undefined {
  return /:([^:/]+)$/.exec(image)?.[1];
}

/** One finding for all services of a stack that run the same image. */
function draft(services: readonly Service[]): FindingDraft[] {
  const [image, ...others] = services.flatMap((service) => service.image ?? []);
  if (image === undefined) return [];
  const names = services.map(({ name }) => name);
  const tag = tagOf(image.value);
  const what = tag === undefined ? 'has no tag' : `has the tag "${tag}", which moves`;
  const follows = services.every(({ product }) => product === undefined)
    ? 'another image may run after the next pull'
    : 'what is proved is not what runs after the next pull';
  return [
    {
      at: image.at,
      message: `Image "${image.value}" of ${names.length === 1 ? 'service' : 'services'} ${quoteAll(names, 6)} ${what}, so ${follows}`,
      related: others.map(({ at }) => ({ at, note: 'the same image' })),
      hint: 'Pin a version or a digest',
      facts: { services: names, image: image.value, tag: tag ?? null },
    },
  ];
}
