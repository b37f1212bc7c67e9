import { type Claim, claimOf } from '../../model/verdict.ts';

/** Two subjects of one name are told apart by a number, in file order. */
export function distinct<T extends { readonly claim: Claim }>(subjects: readonly T[]): T[] {
  const seen = new Map<string, number>();
  return subjects.map((subject) => {
    const count = (seen.get(subject.claim.id) ?? 0) + 1;
    seen.set(subject.claim.id, count);
    return count === 1
      ? subject
      : { ...subject, claim: claimOf(subject.claim.suite, `${subject.claim.subject} (${count})`) };
  });
}
