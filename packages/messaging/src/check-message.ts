import { checkAddress } from './check-address.ts';
import { checkName } from './check-name.ts';

export type Mailbox = { name: string; address: string };

/** One light message to one person. It has no attachments on purpose: files are sent as links. */
export type MailMessage = {
  from: Mailbox;
  to: Mailbox;
  /** Where an answer goes; left out: to `from`. */
  replyTo?: Mailbox;
  subject: string;
  text: string;
  html: string;
  /** In angle brackets; the same for every try of one delivery, so that a copy can be recognised. */
  messageId: string;
  /** Further headers, such as List-Unsubscribe. Those nodemailer writes itself are refused. */
  headers?: Record<string, string>;
};

export type MessageCheck = { ok: true; message: MailMessage } | { ok: false; sentence: string };

const OWN_HEADERS =
  /^(from|to|cc|bcc|sender|reply-to|subject|date|message-id|mime-version|return-path|received|content-.*|dkim-.*)$/i;

/**
 * Refuses whatever could end up as another header, another recipient or another message; returns the message
 * normalised.
 */
export function checkMessage(message: MailMessage): MessageCheck {
  const from = checkMailbox(message.from);
  if (!from.ok) return { ok: false, sentence: `Sender: ${from.sentence}` };
  const to = checkMailbox(message.to);
  if (!to.ok) return { ok: false, sentence: `Recipient: ${to.sentence}` };
  const replyTo = message.replyTo && checkMailbox(message.replyTo);
  if (replyTo && !replyTo.ok) return { ok: false, sentence: `Reply-To: ${replyTo.sentence}` };
  const subject = checkName(message.subject);
  if (!subject.ok) return { ok: false, sentence: `Subject: ${subject.sentence}` };
  if (!/^<[\x21-\x3b\x3d\x3f-\x7e]{1,200}>$/.test(message.messageId)) {
    return { ok: false, sentence: 'The Message-ID must be one word in angle brackets.' };
  }
  for (const [name, value] of Object.entries(message.headers ?? {})) {
    if (!/^[A-Za-z0-9-]{1,60}$/.test(name) || OWN_HEADERS.test(name)) {
      return { ok: false, sentence: `The header ${JSON.stringify(name)} cannot be set.` };
    }
    if (/\p{Cc}/u.test(value))
      return { ok: false, sentence: `The header ${name} contains a line break or control character.` };
  }
  return {
    ok: true,
    message: {
      ...message,
      from: from.mailbox,
      to: to.mailbox,
      subject: subject.text,
      ...(replyTo && { replyTo: replyTo.mailbox }),
    },
  };
}

type MailboxCheck = { ok: true; mailbox: Mailbox } | { ok: false; sentence: string };

/** An empty name is fine: the address then stands alone. */
function checkMailbox({ name, address }: Mailbox): MailboxCheck {
  const checkedAddress = checkAddress(address);
  if (!checkedAddress.ok) return checkedAddress;
  if (name === '') return { ok: true, mailbox: { name, address: checkedAddress.address } };
  const checkedName = checkName(name);
  if (!checkedName.ok) return checkedName;
  return { ok: true, mailbox: { name: checkedName.text, address: checkedAddress.address } };
}
