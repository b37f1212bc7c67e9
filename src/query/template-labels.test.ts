import { describe, expect, it } from 'vitest';
import { isTemplate, labelReferences } from './template-labels.ts';

describe('labelReferences', () => {
  it('finds labels inside actions only', () => {
    const template = '{{ $labels.job }} on $labels.x {{ with .Labels.team | title }}{{ end }}';
    expect(labelReferences(template)).toEqual([
      { label: 'job', span: [3, 14] },
      { label: 'team', span: [39, 51] },
    ]);
  });

  it('knows a template from a text', () => {
    expect([isTemplate('{{ $value }}'), isTemplate('plain')]).toEqual([true, false]);
  });
});
