/** The image the helper container runs. */
export const helperImage = 'node:24-alpine';
/** The helper's service name in the rendered compose file. */
export const helperService = 'stackproof-helper';
