import { randomBytes } from 'node:crypto';
import {
  ask,
  at,
  baseUrl,
  eventually,
  inVolume,
  type Look,
  list,
  type SavedVolume,
  settled,
} from '../../../src/index.ts';
import { doorOf } from '../dashboards/door.ts';
import { lab, run, shutDoor } from '../run.ts';

/** What a service was made to remember: how to ask for it, and what it said. */
export interface Keepsake {
  readonly about: string;
  readonly read: () => Promise<string>;
  readonly said: string;
  readonly forget: () => Promise<void>;
}

/** The name of the file that is put into every volume. Its owner is nobody's, so a copy that keeps no owners shows. */
export const witness = 'stackproof-witness';
const owner = '12345:54321';

/** Puts a file of random content into the volume and makes its service remember something that only the volume holds. */
export async function keep(volume: SavedVolume): Promise<{ digest: string; keepsakes: Keepsake[] }> {
  const name = `${lab().project}_${volume.volume}`;
  const path = `/data/${witness}`;
  const make = `head -c 262144 /dev/urandom >${path}; chown ${owner} ${path}; chmod 640 ${path}`;
  const look = `cd /data; stat -c '%u:%g %a %s' ${witness} 2>/dev/null && sha256sum <${witness} || echo 'no file'`;
  await inVolume(lab(), name, make);
  const read = async (): Promise<string> => (await inVolume(lab(), name, look)).trim();
  const file: Keepsake = {
    about: `a file of ${owner} in volume "${volume.volume}"`,
    read,
    said: await read(),
    forget: async () => {
      await inVolume(lab(), name, `rm -f ${path}`);
    },
  };
  const product = run.stack.services.find((service) => service.name === volume.service)?.product;
  const remembers = product === undefined ? undefined : memories[product];
  const digest = /[0-9a-f]{64}/.exec(file.said)?.[0] ?? '';
  if (remembers === undefined || (await shutDoor(volume.service)) !== undefined) return { digest, keepsakes: [file] };
  return { digest, keepsakes: [file, ...(await remembers(volume.service))] };
}

const memories: Readonly<Record<string, (service: string) => Promise<Keepsake[]>>> = {
  prometheus: samples,
  alertmanager: silence,
  grafana: annotationAndDashboard,
  loki: lines,
};

/** What every target was at one moment (https://prometheus.io/docs/prometheus/2.47/querying/api/#instant-queries). */
async function samples(service: string): Promise<Keepsake[]> {
  const base = baseUrl(lab(), run.stack, service);
  await eventually(
    'Prometheus has scraped something',
    async (): Promise<Look<true>> => {
      const answer = await ask(lab(), `${base}/api/v1/query?query=up`);
      return list(at(answer.json, 'data', 'result')).length > 0
        ? { done: true, value: true }
        : { done: false, seen: answer.text.slice(0, 200) };
    },
    { within: 120_000 },
  );
  const moment = Date.now() / 1000;
  const read = async (): Promise<string> => {
    const answer = await good(`${base}/api/v1/query?query=up&time=${moment}`);
    const series = list(at(answer, 'data', 'result'));
    return series.length === 0
      ? nothing
      : series
          .map((one) => JSON.stringify(one))
          .sort()
          .join('\n');
  };
  // Scrapes that began before that moment may still come in.
  const said = await settled('the samples of that moment are in', read, 1500);
  return [{ about: 'the samples of "up" at a past moment', read, said, forget: async () => undefined }];
}

/** A silence (Alertmanager API v2). */
async function silence(service: string): Promise<Keepsake[]> {
  const base = baseUrl(lab(), run.stack, service);
  const comment = `stackproof ${unique()}`;
  const body = {
    matchers: [{ name: 'stackproof_backup', value: comment, isRegex: false, isEqual: true }],
    startsAt: new Date().toISOString(),
    endsAt: new Date(Date.now() + 3_600_000).toISOString(),
    createdBy: 'stackproof',
    comment,
  };
  const id = String(at(await good(`${base}/api/v2/silences`, { method: 'POST', body }), 'silenceID'));
  const read = async (): Promise<string> => {
    const silences = list(await good(`${base}/api/v2/silences`));
    const found = silences.find((one) => at(one, 'id') === id);
    return found === undefined ? nothing : `${String(at(found, 'comment'))} ${String(at(found, 'status', 'state'))}`;
  };
  const forget = async (): Promise<void> => {
    await ask(lab(), `${base}/api/v2/silence/${id}`, { method: 'DELETE' });
  };
  return [{ about: 'a silence', read, said: await read(), forget }];
}

/** What somebody made in Grafana: it lies in no file of the repository (https://grafana.com/docs/grafana/v10.2/developers/http_api/). */
async function annotationAndDashboard(service: string): Promise<Keepsake[]> {
  const { base, user } = await doorOf(service);
  const text = `stackproof ${unique()}`;
  const annotation = { text, tags: ['stackproof'], time: Date.now() };
  const id = String(at(await good(`${base}/api/annotations`, { method: 'POST', body: annotation, user }), 'id'));
  const dashboard = { dashboard: { id: null, title: text, panels: [], schemaVersion: 38 }, overwrite: false };
  const made = await good(`${base}/api/dashboards/db`, { method: 'POST', body: dashboard, user });
  const uid = String(at(made, 'uid'));
  const annotated = async (): Promise<string> => {
    const all = list(await good(`${base}/api/annotations?tags=stackproof&limit=1000`, { user }));
    return all.some((one) => at(one, 'text') === text) ? text : nothing;
  };
  const shown = async (): Promise<string> => {
    const answer = await ask(lab(), `${base}/api/dashboards/uid/${uid}`, { user });
    if (answer.status !== 200 && answer.status !== 404) throw new Error(`Grafana answers ${answer.status}`);
    return answer.status === 404 ? nothing : String(at(answer.json, 'dashboard', 'title'));
  };
  const remove = (path: string) => async (): Promise<void> => {
    await ask(lab(), `${base}${path}`, { method: 'DELETE', user });
  };
  return [
    { about: 'an annotation', read: annotated, said: await annotated(), forget: remove(`/api/annotations/${id}`) },
    {
      about: 'a dashboard made by hand',
      read: shown,
      said: await shown(),
      forget: remove(`/api/dashboards/uid/${uid}`),
    },
  ];
}

/** Lines of a log (https://grafana.com/docs/loki/v2.9.x/reference/api/#push-log-entries-to-loki). Of a Loki with tenants only the file is known. */
async function lines(service: string): Promise<Keepsake[]> {
  const base = baseUrl(lab(), run.stack, service);
  const stream = unique();
  const now = BigInt(Date.now()) * 1_000_000n;
  const values = [1n, 2n, 3n].map((number) => [String(now + number), `line ${number} of ${stream}`]);
  const body = { streams: [{ stream: { stackproof_backup: stream }, values }] };
  const push = await eventually(
    'Loki takes lines',
    async (): Promise<Look<number>> => {
      const { status, text } = await ask(lab(), `${base}/loki/api/v1/push`, { method: 'POST', body });
      return status < 500
        ? { done: true, value: status }
        : { done: false, seen: `status ${status}: ${text.slice(0, 200)}` };
    },
    { within: 60_000 },
  );
  if (push === 401) return [];
  const query = encodeURIComponent(`{stackproof_backup="${stream}"}`);
  const span = `start=${now - 60_000_000_000n}&end=${now + 60_000_000_000n}`;
  const read = async (): Promise<string> => {
    const answer = await good(`${base}/loki/api/v1/query_range?direction=forward&${span}&query=${query}`);
    const found = list(at(answer, 'data', 'result')).flatMap((one) => list(at(one, 'values')));
    return found.length === 0 ? nothing : found.map((entry) => String(at(entry, 1))).join('\n');
  };
  const said = await eventually('Loki answers the lines', async (): Promise<Look<string>> => {
    const seen = await read();
    return seen === nothing ? { done: false, seen } : { done: true, value: seen };
  });
  return [{ about: 'three lines of a log', read, said, forget: async () => undefined }];
}

/** What a service says that no longer knows. */
export const nothing = 'nothing';

async function good(url: string, question: Parameters<typeof ask>[2] = {}): Promise<unknown> {
  const { status, json, text } = await ask(lab(), url, question);
  if (status < 200 || status > 299) throw new Error(`${url} answers ${status}: ${text.trim().slice(0, 200)}`);
  return json;
}

function unique(): string {
  return randomBytes(6).toString('hex');
}
