/** One message the mail server has taken responsibility for. */
export type ReceivedMail = {
  id: string;
  /** Envelope sender and recipients, as given in MAIL FROM and RCPT TO. */
  envelope: { from: string; to: string[] };
  messageId: string;
  from: string;
  /** The To header, as the reader of the mail would see it. */
  toHeader: string;
  subject: string;
  text: string;
  /** Empty when the mail has no HTML part. */
  html: string;
  headers: { name: string; value: string }[];
  attachments: number;
  /** Bytes of the raw message. */
  size: number;
  raw: Buffer;
  receivedAt: string;
  /** False when the sender was gone, or was cut off on purpose, before the 250 could be written. */
  replied: boolean;
};

export type Mailbox = {
  add(mail: ReceivedMail): void;
  /** Newest first. `to` is matched against the envelope, without regard to case. */
  list(filter: { to?: string | undefined; limit: number }): ReceivedMail[];
  find(id: string): ReceivedMail | undefined;
  /** All messages taken since the start or the last clear, dropped ones included. */
  count(): number;
  /** How often each Message-ID was taken, also of messages no longer kept: what a fault run counts duplicates by. */
  tally(): ReadonlyMap<string, number>;
  clear(): void;
  /** Calls back after every change. Returns the way to stop. */
  subscribe(listener: () => void): () => void;
};

const KEEP_MESSAGES = 2_000;
const KEEP_BYTES = 256 * 1024 * 1024;
const KEEP_TALLY = 200_000;

/**
 * Keeps the last 2,000 messages (and at most 256 MB of them) in memory; the oldest are dropped first. The tally goes on
 * beyond that, up to 200,000 different Message-IDs.
 */
export function createMailbox(): Mailbox {
  const mails = new Map<string, ReceivedMail>();
  const copies = new Map<string, number>();
  const listeners = new Set<() => void>();
  let bytes = 0;
  let taken = 0;

  function notify(): void {
    for (const listener of listeners) listener();
  }

  function dropOldest(): void {
    for (const [id, mail] of mails) {
      if (mails.size <= KEEP_MESSAGES && bytes <= KEEP_BYTES) return;
      mails.delete(id);
      bytes -= mail.size;
    }
  }

  return {
    add(mail) {
      mails.set(mail.id, mail);
      bytes += mail.size;
      taken += 1;
      if (copies.has(mail.messageId) || copies.size < KEEP_TALLY)
        copies.set(mail.messageId, (copies.get(mail.messageId) ?? 0) + 1);
      dropOldest();
      notify();
    },
    list({ to, limit }) {
      const wanted = to?.toLowerCase();
      const newestFirst = [...mails.values()].reverse();
      const matching =
        wanted === undefined
          ? newestFirst
          : newestFirst.filter((mail) => mail.envelope.to.some((address) => address.toLowerCase() === wanted));
      return matching.slice(0, limit);
    },
    find: (id) => mails.get(id),
    count: () => taken,
    tally: () => copies,
    clear() {
      mails.clear();
      copies.clear();
      bytes = 0;
      taken = 0;
      notify();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
