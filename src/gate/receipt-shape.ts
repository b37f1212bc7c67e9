type Check = (value: unknown) => boolean;

const text: Check = (value) => typeof value === 'string';
const list =
  (of: Check): Check =>
  (value) =>
    Array.isArray(value) && value.every(of);
const record =
  (fields: Readonly<Record<string, Check>>): Check =>
  (value) =>
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    Object.entries(fields).every(([name, fits]) => fits(new Map(Object.entries(value)).get(name)));
const optional =
  (fits: Check): Check =>
  (value) =>
    value === undefined || fits(value);
const oneOf =
  (...known: readonly unknown[]): Check =>
  (value) =>
    known.includes(value);
const count: Check = (value) => Number.isInteger(value) && Number(value) >= 0;

/** What each field of a receipt is. */
const fields: Readonly<Record<string, Check>> = {
  version: oneOf(1),
  repository: text,
  base: text,
  tree: text,
  plan: (value) => value === null || record({ name: text, digest: text })(value),
  shard: optional(text),
  stacks: list(text),
  images: list(
    record({
      service: text,
      pinned: text,
      image: text,
      id: text,
      how: oneOf('present', 'pulled', 'substitute'),
      note: optional(text),
    }),
  ),
  differences: list(record({ file: text, what: text, from: text, to: text, why: text })),
  required: list(record({ id: text, suite: text, subject: text })),
  verdicts: list(
    record({
      claim: text,
      suite: text,
      subject: text,
      outcome: oneOf('pass', 'fail', 'unknown', 'error'),
      looked: count,
      cause: optional(text),
    }),
  ),
  errors: list(text),
  waived: list(text),
  tool: text,
  made: (value) => typeof value === 'string' && !Number.isNaN(Date.parse(value)),
  open: oneOf(true, false),
  reasons: list(text),
  seals: (value) => typeof value === 'object' && value !== null && Object.values(value).every(text),
  digest: text,
};

/** The fields of a receipt that are missing or not what they should be, by name. */
export function misshapen(receipt: object): string[] {
  const said = new Map<string, unknown>(Object.entries(receipt));
  return Object.keys(fields).filter((name) => !fields[name]?.(said.get(name)));
}
