import type { HelperConfig } from './config.ts';
import type { MailFault } from './mail-faults.ts';

/** A request that reached the stand-in of a receiver; one that carries no receiver's path has kind `other`. */
export interface Webhook {
  readonly at: string;
  readonly receiver: string;
  readonly kind: string;
  readonly index: number;
  readonly method: string;
  /** The address that was called, and the path in it; what follows a receiver's path may hold a secret and is cut. */
  readonly host: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Parsed where it is JSON. */
  readonly body: unknown;
  /** The status of the destination inside the stack to which it was passed on. */
  readonly answered?: number;
}

/** A mail that reached the stand-in of a mail host. */
export interface Mail {
  readonly at: string;
  readonly receiver: string;
  /** What it is about, each `ID.STATE`. */
  readonly alerts: readonly string[];
  readonly from: string;
  readonly to: readonly string[];
  readonly subject: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
  readonly secured: boolean;
  readonly user: string;
  /** Whether the password was the text of a variable that nobody expanded. The password itself is never kept. */
  readonly passwordUnexpanded: boolean;
}

/** All that the helper remembers. */
export interface Memory {
  readonly config: HelperConfig;
  readonly webhooks: Webhook[];
  readonly mails: Mail[];
  readonly scrapes: Map<string, number>;
  /** Addresses of played targets that are dead at present. */
  readonly dead: Set<string>;
  /** What the mail hosts do wrong at present, and how often each fault was met. */
  mailFault: MailFault | undefined;
  readonly faultsMet: Map<MailFault, number>;
}

/** An empty memory. */
export function emptyMemory(config: HelperConfig): Memory {
  return {
    config,
    webhooks: [],
    mails: [],
    scrapes: new Map(),
    dead: new Set(),
    mailFault: undefined,
    faultsMet: new Map(),
  };
}

/** Forgets messages, counts, deaths and an ordered fault. */
export function forget(memory: Memory): void {
  memory.webhooks.length = 0;
  memory.mails.length = 0;
  memory.scrapes.clear();
  memory.dead.clear();
  memory.mailFault = undefined;
  memory.faultsMet.clear();
}
