import type { Place } from '../../model/location.ts';
import type { AlertRule } from '../../model/prometheus.ts';

/** A label or an annotation of an alert: its text is a template. */
export interface RuleText {
  readonly section: 'labels' | 'annotations';
  readonly name: string;
  readonly text: string;
  readonly at: Place;
}

/** The labels and annotations of an alert that hold a template's action, and a word in it where one is looked for. */
export function templatesOf(rule: AlertRule, word = '{{'): RuleText[] {
  const found: RuleText[] = [];
  for (const section of ['labels', 'annotations'] as const)
    for (const name of Object.keys(rule[section])) {
      const text = rule[section][name] ?? '';
      if (text.includes('{{') && text.includes(word))
        found.push({ section, name, text, at: { ...rule.at, pointer: [...(rule.at.pointer ?? []), section, name] } });
    }
  return found;
}
