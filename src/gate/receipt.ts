import type { UsedImage } from '../model/lab.ts';
import { messageOf } from '../model/message.ts';
import type { Receipt } from '../model/receipt.ts';
import type { Claim } from '../model/verdict.ts';
import { decide } from './decide.ts';
import { misshapen } from './receipt-shape.ts';
import { editedFields } from './seal.ts';

/** How old a receipt may be when it is used, in hours. */
export const receiptHours = 7 * 24;

/** What this stackproof itself says of the candidate, without any proof: a receipt must say the same. */
export interface Judged {
  readonly tool: string;
  readonly stacks: readonly string[];
  readonly required: readonly Claim[];
  readonly errors: readonly string[];
  readonly waived: readonly string[];
  /** The pinned image of each service that a lab runs. */
  readonly pinned: Readonly<Record<string, string>>;
  /** The services that a proof cannot do without. */
  readonly needed: readonly string[];
}

/** What a receipt is held against when it is used. */
export interface ReceiptUse {
  readonly repository: string;
  readonly head: string;
  readonly tree: string;
  readonly plan: { readonly name: string; readonly digest: string };
  readonly judged: Judged;
  readonly now: Date;
  readonly substitutes: 'allow' | 'refuse';
}

/** Reads a receipt's text; the fault says in one sentence why there is none to use. */
export function readReceipt(text: string | undefined, file: string): { receipt: Receipt } | { fault: string } {
  if (text === undefined) return { fault: `there is no receipt at "${file}": run "stackproof verify" first` };
  try {
    const receipt: Receipt = JSON.parse(text);
    if (typeof receipt !== 'object' || receipt === null) return { fault: `"${file}" holds no receipt` };
    const wrong = misshapen(receipt);
    if (wrong.length === 0) return { receipt };
    if (wrong.includes('version') || wrong.includes('seals'))
      return { fault: `"${file}" is not a receipt of this version ("${wrong[0]}"): run "stackproof verify" again` };
    return { fault: `"${file}" is no whole receipt: ${quoted(wrong)} missing or not what it should be` };
  } catch (problem) {
    return {
      fault: `"${file}" is not readable as a receipt: ${messageOf(problem)}`,
    };
  }
}

/** Every reason why a receipt does not open `apply`, each naming its field; empty where it does. */
export function refusals(receipt: Receipt, use: ReceiptUse): string[] {
  const edited = editedFields(receipt);
  if (edited.length > 0) return [`the receipt was edited after it was made: ${quoted(edited)}`];
  return [
    ...identityFaults(receipt, use),
    ...verdictFaults(receipt),
    ...judgedFaults(receipt, use.judged),
    ...imageFaults(receipt, use),
  ];
}

function identityFaults(receipt: Receipt, use: ReceiptUse): string[] {
  const hours = (use.now.getTime() - Date.parse(receipt.made)) / 3_600_000;
  return [
    ...(receipt.repository === use.repository ? [] : ['the receipt is for another repository ("repository")']),
    ...(receipt.plan?.digest === use.plan.digest && receipt.plan.name === use.plan.name
      ? []
      : ['the receipt is for another plan, or the plan was changed since ("plan")']),
    ...(receipt.base === use.head
      ? []
      : [`the receipt is stale: HEAD is ${short(use.head)}, its "base" is ${short(receipt.base)}`]),
    ...(receipt.tree === use.tree
      ? []
      : ['the plan now gives another candidate than the one that was proved ("tree")']),
    ...(receipt.shard === undefined ? [] : [`the receipt is part ${receipt.shard} of a proof ("shard")`]),
    ...(hours <= receiptHours
      ? []
      : [`the receipt was made ${receipt.made}, and is too old ("made"): ${receiptHours} hours is the limit`]),
    ...(hours >= -1 ? [] : [`the receipt was made ${receipt.made}, which is yet to come ("made")`]),
  ];
}

/** The decision is made again, over the receipt's own verdicts: what it says of itself must follow from them. */
function verdictFaults({ required, verdicts, errors, open, reasons }: Receipt): string[] {
  const decided = decide(required, verdicts, errors);
  const claims = new Map(required.map((claim) => [claim.id, claim]));
  const foreign = verdicts.find(({ claim, suite, subject }) => {
    const known = claims.get(claim);
    return known !== undefined && (known.suite !== suite || known.subject !== subject);
  });
  return [
    ...(open ? [] : [`the gate was shut ("open"): ${reasons.length} reasons, the first: ${reasons[0] ?? ''}`]),
    ...(open && !decided.open
      ? [`the "verdicts" do not open the gate, whatever "open" says: ${decided.reasons[0] ?? ''}`]
      : []),
    ...(open && reasons.length > 0 ? [`an open gate has no "reasons" against it: ${reasons[0]}`] : []),
    ...(foreign === undefined ? [] : [`the "verdicts" name "${foreign.claim}" otherwise than "required" does`]),
  ];
}

/** What can be told without a proof is told again: which claims are required, and what the rules say of the files. */
function judgedFaults(receipt: Receipt, judged: Judged): string[] {
  const lists = (['stacks', 'errors', 'waived'] as const).flatMap((field) =>
    difference(receipt[field], judged[field]).map(
      (words) => `the receipt's "${field}" are not those of the candidate: ${words}`,
    ),
  );
  const ids = (claims: readonly Claim[]): string[] =>
    claims.map(({ id, suite, subject }) => `${id} (${suite}: ${subject})`);
  return [
    ...(receipt.tool === judged.tool ? [] : [`the receipt is from ${receipt.tool}, this is ${judged.tool} ("tool")`]),
    ...lists,
    ...difference(ids(receipt.required), ids(judged.required)).map(
      (words) => `the claims in "required" are not those of the candidate: ${words}`,
    ),
  ];
}

function imageFaults({ images }: Receipt, { judged, substitutes }: ReceiptUse): string[] {
  const { pinned, needed } = judged;
  const other = images.find((image) => pinned[image.service] !== image.pinned);
  const twice = images.find((image, at) => images.findIndex(({ service }) => service === image.service) !== at);
  const missing = needed.find((service) => !images.some((image) => image.service === service));
  const renamed = images.find(
    (image) => image.how !== 'substitute' && (image.image !== image.pinned || image.note !== undefined),
  );
  const substituted = images.filter((image) => image.how === 'substitute').map((image: UsedImage) => image.pinned);
  return [
    ...(other === undefined
      ? []
      : [`the candidate does not pin "${other.pinned}" for service "${other.service}" ("images")`]),
    ...(twice === undefined ? [] : [`service "${twice.service}" ran twice ("images")`]),
    ...(missing === undefined ? [] : [`no image ran for service "${missing}" ("images")`]),
    ...(renamed === undefined
      ? []
      : [`"${renamed.image}" ran for "${renamed.pinned}" and is not called a substitute ("images")`]),
    ...(substituted.length === 0 || substitutes === 'allow'
      ? []
      : [
          `the proof ran with substitutes for ${substituted.join(', ')} ("images"); give --substitutes allow if that is enough`,
        ]),
  ];
}

/** In words, the first thing that is in one list alone; empty where both hold the same. */
function difference(said: readonly string[], wanted: readonly string[]): string[] {
  const extra = said.find((one) => !wanted.includes(one));
  const lacking = wanted.find((one) => !said.includes(one));
  if (extra !== undefined) return [`it says "${extra}" beside them`];
  if (lacking !== undefined) return [`"${lacking}" is missing`];
  return said.length === wanted.length ? [] : ['one is there twice'];
}

function quoted(names: readonly string[]): string {
  return names.map((name) => `"${name}"`).join(', ');
}

function short(commit: string): string {
  return commit.slice(0, 12);
}
