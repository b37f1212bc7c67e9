import type { Found } from '../prove.ts';

/** What one form of a query met. */
export type Met = Extract<Found, { readonly looked: number }> | { readonly unknown: string };

/** How long a service may still refuse what it will answer, in milliseconds. */
export const starting = 30_000;
