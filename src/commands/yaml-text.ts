/** A text as a YAML scalar that stays a text, also inside braces and brackets. */
export function scalarText(text: string): string {
  return /^[A-Za-z_.][\w./-]*$/.test(text) && !/^(true|false|yes|no|on|off|null|y|n)$/i.test(text)
    ? text
    : JSON.stringify(text);
}
