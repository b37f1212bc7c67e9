import { goUrl } from '../query/go-url.ts';
import { regexProblem } from '../query/re2.ts';
import { shown, text } from './scalars.ts';
import { type Shape, scalar } from './shape.ts';

const label = /^[a-zA-Z_][a-zA-Z0-9_]*$/;

/** Whether a name is one of a label, as every version takes it; Prometheus 3 takes any text. */
export const isLabelName = (name: string): boolean => label.test(name);

/** The name of a label as a key of a mapping: what is wrong with it. */
export const labelKey = (name: unknown): string | undefined =>
  isLabelName(String(name)) ? undefined : 'is no name of a label (letters, digits, underscores; no digit first)';

/** The name of a label as a value. */
export const labelName: Shape = scalar(
  (value) => (isLabelName(String(value)) ? undefined : `is ${shown(value)}, no name of a label`),
  { mayGrow: true },
);

/** A regular expression in RE2's syntax, which Prometheus and Alertmanager anchor at both ends. */
export const regex: Shape = text((written) => {
  const problem = regexProblem(`^(?:${written})$`);
  return problem === undefined ? undefined : `is ${shown(written)}, no regular expression: ${problem}`;
});

/** A URL as Go takes one; `schemes` where only some will do, with a host. */
export const url = (...schemes: readonly string[]): Shape =>
  text((written) => {
    const found = goUrl(written);
    if ('problem' in found) return `is ${shown(written)}, no URL: it has ${found.problem}`;
    if (schemes.length === 0) return undefined;
    if (!schemes.includes(found.scheme)) return `is ${shown(written)}, no URL with ${schemes.join(' or ')}`;
    return found.host === '' ? `is ${shown(written)}, a URL without a host` : undefined;
  });

/** A number of bytes: `512MB`, `10KiB`, `0` (https://pkg.go.dev/github.com/alecthomas/units#ParseBase2Bytes). */
export const size: Shape = text((written) =>
  /^[-+]?(?:0|(?:(?:\d+\.?\d*|\.\d+)(?:[KMGTPE]iB|B))+|(?:(?:\d+\.?\d*|\.\d+)(?:[KMGTPE]?B))+)$/.test(written)
    ? undefined
    : `is ${shown(written)}, no size like 10MB`,
);
