import { defineRule } from '../define-rule.ts';
import { isDeployment } from './deployments.ts';

/**
 * A newer pipeline ends the running one's interruptible jobs where they are
 * (https://docs.gitlab.com/ci/yaml/#interruptible): a deployment is then half done.
 */
export const interruptibleDeployment = defineRule({
  id: 'ci/interruptible-deployment',
  severity: 'warning',
  over: 'pipeline-job',
  claim: 'No deployment may be interrupted by the next commit.',
  check: (job) =>
    job.value['interruptible'] !== true || !isDeployment(job) || job.script.length === 0
      ? []
      : [
          {
            at: job.placeOf('interruptible'),
            message: `Job "${job.name}" deploys and may be interrupted, so the next commit can end it between two of its commands`,
            related: [{ at: job.at, note: 'the deployment' }],
            hint: 'Write "interruptible: false" in the job',
            facts: { job: job.name },
          },
        ],
});
