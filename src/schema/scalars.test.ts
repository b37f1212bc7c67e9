import { expect, it } from 'vitest';
import { noneOf } from './scalars.ts';

it('shows an allowed word that is empty', () => {
  expect(noneOf('zip', ['', 'gzip'])).toBe('is "zip", none of "", gzip');
});
