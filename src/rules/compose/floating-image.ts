import { defineRule } from '../define-rule.ts';

const floating = new Set(['latest', 'main', 'master', 'edge', 'nightly', 'unstable', 'dev', 'develop', 'stable']);

/**
 * A tag that moves means another image tomorrow (https://docs.docker.com/build/building/best-practices/#pin-base-image-versions).
 * The stack works all the same today, and a receipt names the image that ran by its id: a warning, not an error.
 */
export const floatingImage = defineRule({
  id: 'compose/floating-image',
  severity: 'warning',
  over: 'service',
  claim: 'Every image is pinned to a version.',
  check: (service) => {
    const image = service.image;
    if (image === undefined || 'build' in service.definition || image.value.includes('@')) return [];
    // A variable that nothing defines leaves a hole: what the tag will be cannot be told here.
    if (image.value === '' || /[:/]$/.test(image.value)) return [];
    const tag = /:([^:/]+)$/.exec(image.value)?.[1];
    if (tag !== undefined && !floating.has(tag.toLowerCase())) return [];
    const what = tag === undefined ? 'has no tag' : `has the tag "${tag}", which moves`;
    const follows =
      service.product === undefined
        ? 'another image may run after the next pull'
        : 'what is proved is not what runs after the next pull';
    return [
      {
        at: image.at,
        message: `Image "${image.value}" of service "${service.name}" ${what}, so ${follows}`,
        hint: 'Pin a version or a digest',
        facts: { service: service.name, image: image.value, tag: tag ?? null },
      },
    ];
  },
});
