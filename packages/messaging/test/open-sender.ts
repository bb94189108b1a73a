import { afterEach } from 'vitest';
import type { MailMessage } from '../src/check-message.ts';
import { createSmtpSender } from '../src/smtp-sender.ts';
import type { SmtpSender, SmtpSenderOptions } from '../src/smtp-sender.ts';

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

/** Closes the resource after the test, the latest first. */
export function closing<T extends { close: () => unknown }>(resource: T): T {
  cleanups.push(() => resource.close());
  return resource;
}

export function openSender(url: string, limits: Partial<SmtpSenderOptions> = {}): SmtpSender {
  const defaults = { maxConnections: 2, connectTimeoutMs: 2_000, greetingTimeoutMs: 1_500, socketTimeoutMs: 2_000 };
  return closing(createSmtpSender({ url, ...defaults, ...limits }));
}

let counter = 0;
export function message(changes: Partial<MailMessage> = {}): MailMessage {
  counter += 1;
  return {
    from: { name: 'Shop', address: 'shop@example.com' },
    to: { name: 'Ada Lovelace', address: 'ada@example.com' },
    subject: 'Your files are ready',
    text: 'Follow the link.',
    html: '<p>Follow the link.</p>',
    messageId: `<dlv_${counter}@example.com>`,
    ...changes,
  };
}

/** A commit hook with nothing to say. */
export const commit = { onCommit: async () => {} };
