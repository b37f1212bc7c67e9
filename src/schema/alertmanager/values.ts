import { goUrl } from '../../query/go-url.ts';
import { shown, text } from '../scalars.ts';
import { type Shape, scalar } from '../shape.ts';

/**
 * The URL of a webhook, which is a secret: what is wrong with it is said without it. `<secret>` is what Alertmanager shows
 * in place of one, and takes back.
 */
export const secretUrl: Shape = scalar((value) => (value === '<secret>' ? undefined : urlProblem(String(value))));

/** The URL of the plain webhook is looked at once more, and then `<secret>` is none. */
export const webhookUrl: Shape = scalar((value) => urlProblem(String(value)));

function urlProblem(written: string): string | undefined {
  const found = goUrl(written);
  if ('problem' in found) return `is no URL: it has ${found.problem}`;
  if (found.scheme !== 'http' && found.scheme !== 'https') return 'is no URL with http or https';
  return found.host === '' ? 'is a URL without a host' : undefined;
}

/** `host:port`, as Go splits one (https://pkg.go.dev/net#SplitHostPort). */
export const hostPort: Shape = text((written) => {
  if (written === '') return undefined;
  const bracketed = /^\[[^[\]]*\]:[^:[\]]+$/.test(written);
  if (bracketed || /^[^:[\]]*:[^:[\]]+$/.test(written)) return undefined;
  return `is ${shown(written)}, no address with a port like mail:587`;
});

/** A duration as Go writes one, which knows no days (https://pkg.go.dev/time#ParseDuration). */
export const goDuration: Shape = text((written) =>
  /^[-+]?(?:0|(?:(?:\d+(?:\.\d*)?|\.\d+)(?:ns|us|µs|μs|ms|s|m|h))+)$/.test(written)
    ? undefined
    : `is ${shown(written)}, no duration like 30s or 1h30m`,
);
