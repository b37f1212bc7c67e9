const sizes: Readonly<Record<string, number>> = {
  '': 1,
  k: 1024,
  m: 1024 ** 2,
  g: 1024 ** 3,
  t: 1024 ** 4,
  p: 1024 ** 5,
};

/**
 * Bytes of a compose byte value (`2G`, `512m`, `1gb`, `0.5GiB`, `1048576`); undefined where it is none.
 * Units are powers of 1024, as https://docs.docker.com/reference/compose-file/extension/#specifying-byte-values.
 */
export function byteSize(text: string): number | undefined {
  const found = /^\s*(\d+(?:\.\d+)?)\s*([kmgtp]?)(?:i?b)?\s*$/i.exec(text);
  const unit = sizes[(found?.[2] ?? '').toLowerCase()];
  return found === null || unit === undefined ? undefined : Math.floor(Number(found[1]) * unit);
}
