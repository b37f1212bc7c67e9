import type { Place } from '../../model/location.ts';
import type { PipelineJob } from '../../model/pipeline.ts';
import { listAt, textValue } from '../../read/values.ts';
import { defineRule } from '../define-rule.ts';
import { imageOf } from './images.ts';

const moving = /^(?:latest|stable|edge|main|master|lts|current|alpine|slim|dind|cli)$/;

/** A tag that moves makes of yesterday's green pipeline a red one, or worse the other way round. */
export const floatingCiImage = defineRule({
  id: 'ci/floating-image',
  severity: 'warning',
  over: 'pipeline',
  claim: 'Every image of the pipeline has a tag that stays.',
  check: (pipeline) => {
    const used = new Map<string, { at: Place; job: string }[]>();
    for (const job of pipeline.jobs.filter(({ hidden }) => !hidden)) {
      for (const { image, at } of imagesOf(job)) {
        const before = used.get(image) ?? [];
        if (isMoving(image) && !before.some((one) => sameValue(one.at, at)))
          used.set(image, [...before, { at, job: job.name }]);
      }
    }
    return [...used].map(([image, places]) => {
      const [first, ...others] = places;
      return {
        at: first?.at ?? { file: pipeline.file },
        message: `Image "${image}" has ${image.includes(':') ? 'a tag that moves' : 'no tag'}, so the pipeline may run in another one tomorrow`,
        related: others.map(({ at, job }) => ({ at, note: `job "${job}" uses it too` })),
        hint: 'Pin a version or a digest',
        facts: { image, jobs: places.map(({ job }) => job) },
      };
    });
  },
});

function isMoving(image: string): boolean {
  if (image.includes('@') || image.includes('$')) return false;
  const tag = /:([^/:]+)$/.exec(image)?.[1];
  return tag === undefined || moving.test(tag);
}

function imagesOf(job: PipelineJob): { image: string; at: Place }[] {
  const image = imageOf(job);
  const named = typeof job.value['image'] === 'string' ? job.placeOf('image') : job.placeOf('image', 'name');
  const services = listAt(job.value, 'services').flatMap((service, index) => {
    const plain = textValue(service);
    const name = plain ?? textValue(service, 'name');
    const at = plain === undefined ? job.placeOf('services', index, 'name') : job.placeOf('services', index);
    return name === undefined ? [] : [{ image: name, at }];
  });
  return [...(image === undefined ? [] : [{ image, at: named }]), ...services];
}

function sameValue(a: Place, b: Place): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
