import { labelKey, labelName, url } from '../names.ts';
import { discoveryKeys, targetGroup } from '../prometheus/discovery.ts';
import { relabelConfig } from '../prometheus/relabel.ts';
import { duration, number, oneOf, secret, text, truth } from '../scalars.ts';
import { anything, list, map, type RecordShape, record, type Shape } from '../shape.ts';
import data from './keys.json' with { type: 'json' };
import { byteSize, day, goDuration, integer } from './scalars.ts';

/**
 * The configurations of Loki and Promtail 2.9 (https://grafana.com/docs/loki/v2.9.x/configure/ and
 * https://grafana.com/docs/loki/v2.9.x/send-data/promtail/configuration/). `keys.json` holds every section as
 * `key=word`: a letter for a kind of scalar, `[word]` a list, `{word}` a mapping, `#1f` another section, `@name` a shape
 * that Prometheus has too.
 */
export const lokiConfig: RecordShape = section('the configuration of Loki', data.loki.slice(1));

/** The configuration of Promtail; its stages are read later, and by a reader of their own. */
export const promtailConfig: RecordShape = section('the configuration of Promtail', data.promtail.slice(1));

const scalars: Readonly<Record<string, Shape>> = {
  '*': anything,
  b: truth,
  d: goDuration,
  D: day,
  f: oneOf('logfmt', 'json'),
  i: integer(),
  l: oneOf('debug', 'info', 'warn', 'error'),
  n: labelName,
  p: duration(),
  r: number,
  s: secret,
  t: text(),
  u: integer(0),
  U: url(),
  v: oneOf('TLS10', 'TLS11', 'TLS12', 'TLS13'),
  z: byteSize,
};

const types: Readonly<Record<string, string>> = data.types;

function section(called: string, id: string): RecordShape {
  return record(called, () =>
    Object.fromEntries(
      (types[id] ?? '').split(' ').map((entry) => {
        const [key = '', word = ''] = entry.split('=');
        return [key, shapeOf(word, key)];
      }),
    ),
  );
}

function shapeOf(word: string, key: string): Shape {
  const inner = word.slice(1, -1);
  if (word.startsWith('[@') && word.includes('_sd_configs')) return discoveryKeys()[inner.slice(1)] ?? anything;
  if (word.startsWith('[')) return list(shapeOf(inner, key));
  if (word.startsWith('{')) return map(shapeOf(inner, key), key === 'external_labels' ? labelKey : undefined);
  if (word.startsWith('#')) return section(`"${key}"`, word.slice(1));
  if (word === '@group') return targetGroup;
  return word === '@relabel' ? relabelConfig : (scalars[word] ?? anything);
}
