/** How the samples of an input series run. What turns does so at a turn of the clock. */
export type Shape =
  | { readonly kind: 'none' }
  | { readonly kind: 'flat'; readonly value: number }
  /** A rising one has its value at the start, a falling one at the end: neither needs to pass zero. */
  | { readonly kind: 'ramp'; readonly value: number; readonly slope: number }
  /** Every other sample is the high one. */
  | { readonly kind: 'wave'; readonly low: number; readonly high: number }
  | { readonly kind: 'step'; readonly before: number; readonly after: number; readonly at: Turn }
  /** A counter whose slope changes. */
  | { readonly kind: 'bend'; readonly before: number; readonly after: number; readonly at: Turn }
  | { readonly kind: 'gone'; readonly value: number; readonly at: Turn }
  | { readonly kind: 'new'; readonly value: number; readonly at: Turn };

/** `late` is just before the evaluations that are looked at; `early` is a range before that, so that it is seen whole. */
export type Turn = 'early' | 'late';

/** The times of a test, in seconds from its zero. */
export interface Clock {
  /** Between two evaluations; they begin at zero. */
  readonly interval: number;
  /** Between two samples of a series. */
  readonly spacing: number;
  /** The first sample: seldom on an evaluation, as scrapes and evaluations do not wait for each other. */
  readonly first: number;
  /** What the spacing and the first sample are multiples of. */
  readonly slot: number;
  readonly early: number;
  readonly late: number;
  /** The last evaluation. */
  readonly end: number;
}

/** When a sample is taken. */
export function timeOf(clock: Clock, index: number): number {
  return clock.first + index * clock.spacing;
}

/** The last sample at or before a time: negative where there is none. */
export function indexAt(clock: Clock, time: number): number {
  return Math.floor((time - clock.first) / clock.spacing + 1e-9);
}

/** The value of a sample; undefined where the series has none there. */
export function valueAt(shape: Shape, clock: Clock, index: number): number | undefined {
  const time = timeOf(clock, index);
  switch (shape.kind) {
    case 'none':
      return undefined;
    case 'flat':
      return shape.value;
    case 'ramp':
      return shape.value + shape.slope * (time - (shape.slope < 0 ? clock.end : clock.first));
    case 'wave':
      return index % 2 === 0 ? shape.low : shape.high;
    case 'step':
      return time < clock[shape.at] ? shape.before : shape.after;
    case 'bend': {
      const over = Math.max(0, time - clock[shape.at]);
      return shape.before * (time - clock.first - over) + shape.after * over;
    }
    case 'gone':
      return time < clock[shape.at] ? shape.value : undefined;
    case 'new':
      return time < clock[shape.at] ? undefined : shape.value;
  }
}
