import type { Place } from '../../model/location.ts';
import type { AlertRule } from '../../model/prometheus.ts';

/** A label or an annotation of an alert: its text is a template. */
export interface RuleText {
  readonly section: 'labels' | 'annotations';
  readonly name: string;
  readonly text: string;
  readonly at: Place;
}

/** The labels and annotations of an alert that hold a template's action. */
export function templatesOf(rule: AlertRule): RuleText[] {
  const found: RuleText[] = [];
  for (const section of ['labels', 'annotations'] as const)
    for (const [name, text] of Object.entries(rule[section]))
      if (text.includes('{{'))
        found.push({ section, name, text, at: { ...rule.at, pointer: [...(rule.at.pointer ?? []), section, name] } });
  return found;
}
