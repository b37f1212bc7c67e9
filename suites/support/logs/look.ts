import { type LokiDoor, labelNames, type SeenLine, selectedLines } from '../../../src/index.ts';
import { lab } from '../run.ts';

/** A place where a job's lines are found in a Loki: as which tenant, and by which streams. */
export interface Place {
  readonly door: LokiDoor;
  readonly selector: string;
}

/**
 * Where lines that hold a text are, if they are anywhere. The job's own labels select its streams; a pipeline may change
 * them, so every other label is tried as well.
 */
export async function placeOf(doors: readonly LokiDoor[], labels: string, text: string): Promise<Place | undefined> {
  for (const door of doors) {
    const own = labels === '' ? [] : [`{${labels}}`];
    const names = await labelNames(lab(), door);
    const others = names.map((name) => `{${name}=~".+"}`);
    // The first line may come between two looks: the job's own labels are asked once more before another is believed.
    const hit = await firstWith(door, [...own, ...others], text);
    if (hit !== undefined) return (await firstWith(door, own, text)) ?? hit;
  }
  return undefined;
}

async function firstWith(door: LokiDoor, selectors: readonly string[], text: string): Promise<Place | undefined> {
  for (const selector of selectors) {
    const place = { door, selector };
    if ((await linesAt(place, text)).length > 0) return place;
  }
  return undefined;
}

/** The lines at a place that hold a text. */
export function linesAt({ door, selector }: Place, text: string): Promise<SeenLine[]> {
  return selectedLines(lab(), door, `${selector} |= \`${text}\``);
}

/** The labels a job gives all its lines, as a selector's inside; none where they are filled in from elsewhere. */
export function labelsOf(job: Readonly<Record<string, unknown>>): string {
  const groups = Array.isArray(job['static_configs']) ? job['static_configs'] : [];
  const [labels = {}, ...more] = groups.map((group: unknown) => Object(Reflect.get(Object(group), 'labels')));
  if (more.length > 0) return '';
  return Object.entries(labels)
    .filter(([name, value]) => !name.startsWith('__') && !String(value).includes('$') && value !== '')
    .map(([name, value]) => `${name}=${JSON.stringify(String(value))}`)
    .join(',');
}
