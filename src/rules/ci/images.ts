import catalog from '../../catalog/ci-images.json' with { type: 'json' };
import type { PipelineJob } from '../../model/pipeline.ts';
import { textValue, valueAt } from '../../read/values.ts';

/** What is known of a pipeline image (see `src/catalog/ci-images.json`). */
export interface KnownImage {
  readonly entrypoint?: string;
  readonly has: readonly string[];
}

/** Programs that the catalogue says an image has or lacks. */
export const watched: readonly string[] = catalog.watched;

/** The image a job runs in, as written; undefined where none is, or a variable names it. */
export function imageOf(job: PipelineJob): string | undefined {
  const image = textValue(job.value, 'image') ?? textValue(job.value, 'image', 'name');
  return image?.includes('$') === true ? undefined : image;
}

/** Whether the job starts its image without the image's own entrypoint. */
export function isEntrypointCleared(job: PipelineJob): boolean {
  return valueAt(job.value, 'image', 'entrypoint') !== undefined;
}

/** What is known of an image; undefined for one of another registry, of an unknown name or an unknown variant. */
export function knownImage(image: string): KnownImage | undefined {
  const [, name = '', tag = ''] = /^(?:docker\.io\/)?(?:library\/)?([^:@]+)(?::([^@]*))?(?:@.*)?$/.exec(image) ?? [];
  return catalog.images.find((one) => one.image === name && (one.tag === undefined || new RegExp(one.tag).test(tag)));
}

/** Names under which a program is installed. */
export function packagesOf(program: string): readonly string[] {
  const packages: Readonly<Record<string, readonly string[]>> = catalog.packages;
  return packages[program] ?? [program];
}
