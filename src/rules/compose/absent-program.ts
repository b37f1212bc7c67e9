import type { FindingDraft } from '../../model/finding.ts';
import type { Service } from '../../model/stack.ts';
import { baseOf } from '../../read/paths.ts';
import { splitWords } from '../../read/shell-words.ts';
import { valueAt } from '../../read/values.ts';
import { defineRule } from '../define-rule.ts';
import { type HealthCheck, healthCheckOf } from '../support/health-check.ts';
import { factsOf } from '../support/image-facts.ts';
import { placeIn } from '../support/places.ts';

/**
 * A health check runs inside the container, with the programs of its image
 * (https://docs.docker.com/reference/dockerfile/#healthcheck); the images of Prometheus hold a busybox, that of Promtail neither
 * curl nor wget. See `src/catalog/images.ts` for what each image lacks.
 */
export const absentProgram = defineRule({
  id: 'compose/absent-program',
  severity: 'error',
  over: 'service',
  claim: 'Every program that a health check or an entrypoint names is in the image.',
  check: (service): FindingDraft[] => {
    const lacks = factsOf(service)?.lacks ?? [];
    const check = healthCheckOf(service);
    const missing = check === undefined ? undefined : missingIn(check, lacks);
    const found: FindingDraft[] = [];
    if (check !== undefined && missing !== undefined) {
      found.push({
        at: check.at,
        message: `The health check of service "${service.name}" runs "${missing}", which is not in its image, so the service is never healthy`,
        hint: lacks.includes('wget')
          ? 'Leave the check away, or build an image that has the program'
          : 'Ask with "wget"',
        facts: { service: service.name, program: missing },
      });
    }
    return [...found, ...startOf(service, lacks)];
  },
});

/** The program without which the check cannot succeed: with another after `||`, it can. */
function missingIn({ commands }: HealthCheck, lacks: readonly string[]): string | undefined {
  const programs = commands.map(({ words, after }) => ({ name: baseOf(words[0] ?? ''), after }));
  const first = programs.find(({ name }) => lacks.includes(name));
  if (first === undefined) return undefined;
  const spare = programs.some(
    ({ name, after }) => after === '||' && !/^(?:exit|false|kill)$/.test(name) && !lacks.includes(name),
  );
  const guarded = programs.some(({ name }) => ['command', 'which', 'type', 'hash'].includes(name));
  return spare || guarded ? undefined : first.name;
}

function startOf(service: Service, lacks: readonly string[]): FindingDraft[] {
  const written = valueAt(service.definition, 'entrypoint');
  const words = Array.isArray(written)
    ? written.map(String)
    : splitWords(String(written ?? '')).map(({ text }) => text);
  const program = baseOf(words[0] ?? '');
  if (!lacks.includes(program)) return [];
  return [
    {
      at: placeIn(service, 'entrypoint', ...(Array.isArray(written) ? [0] : [])),
      message: `Service "${service.name}" starts with "${words[0]}", which is not in its image, so its container does not start`,
      hint: 'Use "/bin/sh", or an image that has the program',
      facts: { service: service.name, program },
    },
  ];
}
