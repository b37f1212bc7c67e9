import { defineRule } from '../define-rule.ts';
import { imageOf, isEntrypointCleared, knownImage } from './images.ts';

/**
 * The runner hands the script to a shell that it asks the image for; an image whose entrypoint is a program takes that for
 * its arguments (https://docs.gitlab.com/ci/docker/using_docker_images/#override-the-entrypoint-of-an-image).
 */
export const unfitEntrypoint = defineRule({
  id: 'ci/unfit-entrypoint',
  severity: 'error',
  over: 'pipeline-job',
  claim: 'No job runs its script in an image whose entrypoint is another program than a shell.',
  check: (job) => {
    const image = imageOf(job);
    const entrypoint = image === undefined ? undefined : knownImage(image)?.entrypoint;
    if (image === undefined || entrypoint === undefined || isEntrypointCleared(job) || job.script.length === 0)
      return [];
    return [
      {
        at: typeof job.value['image'] === 'string' ? job.placeOf('image') : job.placeOf('image', 'name'),
        message: `Job "${job.name}" runs in "${image}", whose entrypoint is "${entrypoint}", so its script is handed to that and never runs`,
        hint: "Write the image as a mapping with its name and entrypoint: ['']",
        facts: { job: job.name, image, entrypoint },
      },
    ];
  },
});
