import { identityOf } from '../../src/commands/identity.ts';
import type { Subject } from '../../src/commands/subject.ts';
import type { Judged } from '../../src/gate/receipt.ts';
import { sealReceipt } from '../../src/gate/seal.ts';
import type { Receipt } from '../../src/model/receipt.ts';

/** A receipt as a proof without a fault would give it: every required claim passed on the pinned images. */
export function openReceipt(subject: Subject, judged: Judged, now: Date): Receipt {
  const identity = identityOf(subject);
  if (identity === undefined) throw new Error(`"${subject.repo}" has no commit`);
  const { required, stacks, errors, waived, pinned } = judged;
  return sealReceipt({
    ...identity,
    made: now.toISOString(),
    stacks,
    required,
    errors,
    waived,
    images: Object.entries(pinned).map(([service, image], index) => ({
      service,
      pinned: image,
      image,
      id: `sha256:${String(index).padStart(64, '0')}`,
      how: 'present' as const,
    })),
    differences: [
      { file: 'compose.yaml', what: 'services.grafana.ports', from: '3000:3000', to: '', why: 'no host port' },
    ],
    verdicts: required.map(({ id, suite, subject: about }) => ({
      claim: id,
      suite,
      subject: about,
      outcome: 'pass',
      looked: 1,
    })),
    open: true,
    reasons: [],
  });
}
