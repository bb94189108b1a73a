import { randomUUID } from 'node:crypto';
import { simpleParser } from 'mailparser';
import type { AddressObject } from 'mailparser';
import type { ReceivedMail } from './create-mailbox.ts';

export type Envelope = { from: string; to: string[] };

/**
 * Turns the raw bytes of one message into what the mailbox shows. The text and HTML are as sent: treat both as hostile.
 */
export async function parseMail(
  raw: Buffer,
  envelope: Envelope,
): Promise<Omit<ReceivedMail, 'receivedAt' | 'replied'>> {
  const parsed = await simpleParser(raw, { skipTextToHtml: true, skipImageLinks: true });
  return {
    id: `mail_${randomUUID()}`,
    envelope,
    messageId: parsed.messageId ?? '',
    from: addressText(parsed.from),
    toHeader: addressText(parsed.to),
    subject: parsed.subject ?? '',
    text: parsed.text ?? '',
    html: parsed.html === false ? '' : (parsed.html ?? ''),
    headers: parsed.headerLines.map(splitHeader),
    attachments: parsed.attachments.length,
    size: raw.length,
    raw,
  };
}

function addressText(addresses: AddressObject | AddressObject[] | undefined): string {
  return [addresses ?? []]
    .flat()
    .map((address) => address.text)
    .join(', ');
}

function splitHeader({ line }: { line: string }): { name: string; value: string } {
  const colon = line.indexOf(':');
  const name = colon < 0 ? line : line.slice(0, colon);
  const value = colon < 0 ? '' : line.slice(colon + 1);
  return { name: name.trim(), value: value.replace(/\s*\r?\n\s+/g, ' ').trim() };
}
