import { defineFault } from '../define-rule.ts';

/** https://docs.docker.com/reference/compose-file/include/ */
export const unresolvedInclude = defineFault({
  id: 'compose/unresolved-include',
  severity: 'error',
  over: 'stack',
  claim: 'Every file that a compose file includes is there.',
});

/** https://docs.docker.com/reference/compose-file/services/#extends */
export const unresolvedExtends = defineFault({
  id: 'compose/unresolved-extends',
  severity: 'error',
  over: 'service',
  claim: 'Every service that another extends is there.',
});

/** https://docs.docker.com/reference/compose-file/interpolation/ */
export const invalidInterpolation = defineFault({
  id: 'compose/invalid-interpolation',
  severity: 'error',
  over: 'stack',
  claim: 'Every "${" of a compose file starts a variable, or its "$" is written twice.',
});
