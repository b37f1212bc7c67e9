import { defineRule } from '../define-rule.ts';
import { declaredBeside } from './undeclared.ts';

/**
 * `service … has neither an image nor a build context specified`
 * (https://docs.docker.com/reference/compose-file/services/#image). A file that is laid over another leaves the image to it.
 */
export const imagelessService = defineRule({
  id: 'compose/imageless-service',
  severity: 'error',
  over: 'service',
  claim: 'Every service has an image or is built.',
  check: (service, { stack, repository }) => {
    const { name, definition, at } = service;
    if (['image', 'build', 'extends', 'provider'].some((key) => key in definition)) return [];
    if (declaredBeside(repository.tree, stack, { kind: 'service', name }) !== undefined) return [];
    return [
      {
        at,
        message: `Service "${name}" has neither "image" nor "build", so compose refuses the file`,
        hint: 'Say which image it runs',
        facts: { service: name },
      },
    ];
  },
});
