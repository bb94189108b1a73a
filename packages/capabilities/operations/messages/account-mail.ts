import { html } from 'hono/html';
import type { ComposedMessage } from '../../kit/compose-message.ts';
import { BUTTON, mailFrame, QUIET } from '../../kit/mail-frame.ts';
import { ACCOUNT_LINK_MINUTES } from '../account-life.ts';

/** What all of them say: to whom, from which shop. */
export type AccountMailFacts = { personName: string; shopName: string; mailFrom: string };

const lifetime = `The link works once, within ${ACCOUNT_LINK_MINUTES} minutes of this mail.`;

/** Subjects are seen in the list of deliveries, so they say nothing that only the reader may know. */
export const subjectOf = {
  invitation: (shopName: string) => `${shopName} invites you to its back office`,
  'password-reset': () => 'Choose a new password',
};

export const renderInvitation = (facts: AccountMailFacts, url: string): Promise<ComposedMessage> =>
  render(facts, {
    title: 'You are invited',
    lines: [`${facts.shopName} has invited you to its back office. Choose a password, and you are in.`],
    action: { label: 'Choose a password', url },
    end: [lifetime, 'If you did not expect this, leave it be: nothing happens without you.'],
  });

export const renderPasswordReset = (facts: AccountMailFacts, url: string): Promise<ComposedMessage> =>
  render(facts, {
    title: 'Choose a new password',
    lines: ['A new password was asked for where you sign in with this address.'],
    action: { label: 'Choose a new password', url },
    end: [lifetime, 'If it was not you, leave it be: your password stays as it is.'],
  });

/** The invitation as somebody gets it whose address is in use already. Whoever invited them is not told. */
export const renderAddressKnown = (facts: AccountMailFacts): Promise<ComposedMessage> =>
  render(facts, {
    title: 'You have an account already',
    lines: [
      `Somebody tried to add you to ${facts.shopName}. You sign in with this address elsewhere already, and an address belongs to one shop, so nothing has changed.`,
      `To work for ${facts.shopName} too, give them another address of yours. They have not been told that this one is in use.`,
    ],
    end: ['If you do not know them, leave it be.'],
  });

type Body = { title: string; lines: string[]; action?: { label: string; url: string }; end: string[] };

/** Pure. `html` escapes every value by construction. */
async function render(
  { personName, shopName, mailFrom }: AccountMailFacts,
  { title, lines, action, end }: Body,
): Promise<ComposedMessage> {
  const page = await mailFrame({
    title,
    shopName,
    heading: title,
    lead: html`<p style="margin:0 0 16px">Hello ${personName},</p>
      ${lines.map((line) => html`<p style="margin:0 0 16px">${line}</p>`)}
      ${action && html`<p style="margin:0 0 20px"><a class="button" href="${action.url}" style="${BUTTON}">${action.label}</a></p>`}
      ${end.map((line) => html`<p class="quiet" style="margin:0 0 8px;font-size:13px;${QUIET}">${line}</p>`)}`,
  });
  const text = [
    `Hello ${personName},`,
    ...lines,
    ...(action ? [`${action.label}:\n${action.url}`] : []),
    ...end,
    shopName,
  ].join('\n\n');
  return { fromName: shopName, fromAddress: mailFrom, html: page, text };
}
