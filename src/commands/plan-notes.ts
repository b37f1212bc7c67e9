import type { Preview, StepEffect, StepState } from '../model/plan.ts';

/** The steps of a plan that ended in a state, by number, for a reader. */
export function stepsThat({ effects }: Preview, state: StepState): string[] {
  return effects.flatMap((effect, index) =>
    effect.state === state ? [`step ${index + 1}: ${effect.step}${state === 'left out' ? why(effect) : ''}`] : [],
  );
}

/** What a plan left out: whole steps, and edits that found nothing to take away. */
export function leftOutBy(preview: Preview | undefined): string[] {
  if (preview === undefined) return [];
  const partly = preview.effects.flatMap((effect, index) =>
    effect.state === 'made' && effect.note?.includes('left out: ') === true
      ? [`step ${index + 1}: ${effect.step}${why(effect)}`]
      : [],
  );
  return [...stepsThat(preview, 'left out'), ...partly];
}

function why({ note }: StepEffect): string {
  return note === undefined ? '' : ` (${note.replaceAll('left out: ', '')})`;
}
