import type { FindingDraft } from '../../model/finding.ts';
import { textValue } from '../../read/values.ts';
import { defineRule } from '../define-rule.ts';
import { placeholderIn } from '../support/placeholder-text.ts';

/** Where a message goes. Of those that may hold a secret only the name is printed. */
const keys = [
  'to',
  'url',
  'api_url',
  'webhook_url',
  'channel',
  'routing_key',
  'service_key',
  'api_key',
  'user_key',
  'token',
  'bot_token',
  'from',
  'smarthost',
  'room_id',
];

/**
 * `example.com`, `.org` and `.net` are kept for documents and belong to nobody who reads mail or takes webhooks
 * (https://www.rfc-editor.org/rfc/rfc2606#section-3).
 */
export const placeholderAddress = defineRule({
  id: 'alertmanager/placeholder-address',
  severity: 'warning',
  over: 'receiver',
  claim: 'No receiver sends to a placeholder.',
  check: (receiver) =>
    receiver.integrations.flatMap(({ kind, value, at }) =>
      keys.flatMap((key): FindingDraft[] => {
        const text = (textValue(value, key) ?? '').replace(/\{\{[\s\S]*?\}\}/g, '');
        const found = placeholderIn(text);
        if (found === undefined) return [];
        return [
          {
            at: { ...at, pointer: [...(at.pointer ?? []), key] },
            message: `"${key}" of receiver "${receiver.name}" is ${found}, so what goes there reaches nobody`,
            hint: 'Write the real address, or take the integration away',
            facts: { receiver: receiver.name, kind, key },
          },
        ];
      }),
    ),
});
