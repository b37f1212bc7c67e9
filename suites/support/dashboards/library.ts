import { type LibrarySubject, libraryPanel } from '../../../src/index.ts';
import type { Found } from '../prove.ts';
import { lab, leftOut } from '../run.ts';
import { doorOf } from './door.ts';

/** The library panel is there. Grafana keeps it in its database, which no file of provisioning fills. */
export async function libraryThere({ service, library }: LibrarySubject): Promise<Found> {
  const absent = leftOut(service);
  if (absent !== undefined) return { unknown: absent };
  const found = await libraryPanel(lab(), await doorOf(service), library.uid);
  return found
    ? { looked: 1, problems: [] }
    : { unknown: `library panel "${library.name}" is kept in Grafana's database, which no file fills` };
}
