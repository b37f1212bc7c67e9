/** A label a template of a rule's annotation or label reads, with its place in the text. */
export interface LabelReference {
  readonly label: string;
  readonly span: readonly [start: number, end: number];
}

/**
 * Labels a Go template of an alerting rule reads as `$labels.NAME` or `.Labels.NAME`
 * (https://prometheus.io/docs/prometheus/latest/configuration/template_reference/). Other ways to reach one are not seen.
 */
export function labelReferences(template: string): LabelReference[] {
  const references: LabelReference[] = [];
  for (const action of template.matchAll(/\{\{([\s\S]*?)\}\}/g)) {
    for (const use of action[0].matchAll(/(?:\$labels|\.Labels)\.([a-zA-Z_][a-zA-Z0-9_]*)/g)) {
      const start = action.index + use.index;
      references.push({ label: use[1] ?? '', span: [start, start + use[0].length] });
    }
  }
  return references;
}

/** Whether a text is a template at all: what it becomes is then not known from the file. */
export function isTemplate(text: string): boolean {
  return text.includes('{{');
}
