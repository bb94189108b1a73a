import type { APIRequestContext } from '@playwright/test';
import { expect } from '@playwright/test';
import { SANDBOX } from '../env.ts';
import { peopleDomain } from '../story.ts';

export type Mail = {
  id: string;
  messageId: string;
  from: string;
  to: string[];
  subject: string;
  text: string;
  html: string;
  attachments: number;
  size: number;
};

/** The outside world's mail server: what it has accepted, and how it may misbehave. */
export class Mailbox {
  readonly #request: APIRequestContext;
  constructor(request: APIRequestContext) {
    this.#request = request;
  }

  /** The messages with the links of an order of the story's shop, newest first; not the proofs of its artwork. */
  async linksOf(orderNumber: number): Promise<Mail[]> {
    const answer = await this.#request.get(`${SANDBOX}/mail/api/messages?limit=500`);
    const { messages } = (await answer.json()) as { messages: Mail[] };
    const ours = messages.filter(({ from }) => from.includes(`@${peopleDomain()}`));
    return ours.filter(({ subject }) => subject.endsWith(`order #${orderNumber}`) && !subject.startsWith('Your proof'));
  }

  /** Waits until exactly `count` messages with links of the order have been accepted. */
  async expectMails(orderNumber: number, count: number): Promise<Mail[]> {
    await expect
      .poll(async () => (await this.linksOf(orderNumber)).length, { message: `mails about #${orderNumber}` })
      .toBe(count);
    return this.linksOf(orderNumber);
  }

  /** Waits for the `count`th message to an address, and returns the newest. */
  async mailTo(address: string, count = 1): Promise<Mail> {
    const read = async () => {
      const answer = await this.#request.get(`${SANDBOX}/mail/api/messages?limit=500`);
      const { messages } = (await answer.json()) as { messages: Mail[] };
      return messages.filter(({ to }) => to.includes(address));
    };
    await expect.poll(async () => (await read()).length, { message: `mails to ${address}` }).toBe(count);
    return (await read())[0]!;
  }

  /** How many messages each address has got, of those that end so. */
  async copiesByAddress(ending: string): Promise<Record<string, number>> {
    const answer = await this.#request.get(`${SANDBOX}/mail/api/messages?limit=2000`);
    const { messages } = (await answer.json()) as { messages: Mail[] };
    const copies: Record<string, number> = {};
    for (const address of messages.flatMap(({ to }) => to).filter((to) => to.endsWith(ending)))
      copies[address] = (copies[address] ?? 0) + 1;
    return copies;
  }

  async misbehave(faults: Record<string, unknown>): Promise<void> {
    const answer = await this.#request.put(`${SANDBOX}/mail/api/faults`, { data: { ...WELL, ...faults } });
    expect(answer.ok(), await answer.text()).toBe(true);
  }

  behave(): Promise<void> {
    return this.misbehave({});
  }
}

const WELL = { delayMs: 0, mode: 'ok', times: null };

/** The link in a mail's text. */
export const linkIn = (mail: Mail): string => {
  const link = /https?:\/\/\S+\/d\/[A-Za-z0-9_-]{43}/.exec(mail.text)?.[0];
  expect(link, 'a link in the mail').toBeTruthy();
  return link!;
};
