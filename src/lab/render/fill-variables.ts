import { isNode, parseDocument } from 'yaml';
import type { Place } from '../../model/location.ts';
import { textAt } from '../../model/tree.ts';
import type { Context } from './context.ts';
import { looksSecret, madeUp } from './made-up.ts';

/** A value with what the repository leaves undefined filled in; `made` says of what kind the filling is. */
export interface Filled {
  readonly value: string;
  readonly made?: 'secret' | 'empty';
}

/**
 * Fills variables that nothing in the repository defines: the user's shell or a git-ignored file has them. A name that
 * looks like a secret gets a value of the run, any other the empty text, as compose would give it.
 */
export function fillVariables(context: Context, name: string, value: string | null, at: Place): Filled {
  if (value === null) return filling(context, name);
  const uses = context.stack.variables.filter(
    (use) => use.value === undefined && !use.defaulted && use.at.span !== undefined && samePlace(use.at, at),
  );
  if (uses.length === 0) return { value };
  const raw = rawScalar(context, at);
  if (raw === undefined) return { value };
  let rest = 0;
  let text = '';
  let secret = false;
  for (const use of [...uses].sort((a, b) => (a.at.span?.[0] ?? 0) - (b.at.span?.[0] ?? 0))) {
    const [start, end] = use.at.span ?? [0, 0];
    const made = filling(context, use.name);
    secret ||= made.made === 'secret';
    text += expandKnown(context, raw.slice(rest, start)) + made.value;
    rest = end;
  }
  text += expandKnown(context, raw.slice(rest));
  return { value: text.startsWith(`${name}=`) ? text.slice(name.length + 1) : text, made: secret ? 'secret' : 'empty' };
}

function filling(context: Context, name: string): Filled {
  if (!looksSecret(name)) return { value: '', made: 'empty' };
  return { value: madeUp(context.options.project, name), made: 'secret' };
}

function samePlace(a: Place, b: Place): boolean {
  return a.file === b.file && JSON.stringify(a.pointer) === JSON.stringify(b.pointer);
}

/** The scalar as written, which the spans of variable uses count in. */
function rawScalar(context: Context, at: Place): string | undefined {
  const source = textAt(context.tree, at.file);
  if (source === undefined || at.pointer === undefined) return undefined;
  const found: unknown = parseDocument(source, { merge: true, logLevel: 'silent' }).getIn(at.pointer);
  return isNode(found) || found === undefined ? undefined : String(found);
}

/** The defined variables and the defaults in what stands between the undefined ones. */
function expandKnown(context: Context, text: string): string {
  return text.replace(
    /\$\$|\$(?:\{([A-Za-z_]\w*)(?::?-([^}]*))?\}|([A-Za-z_]\w*))/g,
    (whole, braced?: string, fallback?: string, bare?: string) => {
      if (whole === '$$') return '$';
      const name = braced ?? bare;
      return context.stack.variables.find((use) => use.name === name)?.value ?? fallback ?? '';
    },
  );
}
