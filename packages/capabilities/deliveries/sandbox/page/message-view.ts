import { html } from 'hono/html';
import type { ReceivedMail } from '../create-mailbox.ts';
import { clock } from './message-list.ts';
import type { Html } from './page-layout.ts';

export const MESSAGE_VIEWS = ['html', 'text', 'headers', 'raw'] as const;
export type MessageView = (typeof MESSAGE_VIEWS)[number];

const TITLES: Record<MessageView, string> = { html: 'HTML', text: 'Text', headers: 'Headers', raw: 'Raw' };
/** A raw message longer than this is cut on the page; the JSON API gives all of it. */
const RAW_LIMIT = 200_000;

/** One message: who, what, when, and its body in the chosen form. */
export function messageView(mail: ReceivedMail, view: MessageView): Html {
  const sender = mail.envelope.from === '' ? '<>' : mail.envelope.from;
  return html`<article class="message">
    <a class="back" href="/mail">All messages</a>
    <h1>${mail.subject === '' ? '(no subject)' : mail.subject}</h1>
    <dl class="facts">
      <dt>From</dt>
      <dd>${mail.from}</dd>
      <dt>To</dt>
      <dd>${mail.toHeader}</dd>
      <dt>Envelope</dt>
      <dd><code>${sender}</code> to <code>${mail.envelope.to.join(', ')}</code></dd>
      <dt>Received</dt>
      <dd>
        <time datetime="${mail.receivedAt}">${clock(mail.receivedAt)}</time>, ${size(mail.size)},
        ${attachments(mail.attachments)}
      </dd>
      <dt>Message-ID</dt>
      <dd><code>${mail.messageId === '' ? 'none' : mail.messageId}</code></dd>
    </dl>
    ${mail.replied ? '' : UNANSWERED}
    <nav class="tabs" aria-label="Forms of this message">
      ${MESSAGE_VIEWS.map((each) => tab(mail, each, each === view))}
    </nav>
    ${body(mail, view)}
  </article>`;
}

const UNANSWERED = html`<p class="note">
  The sender was gone before the 250 could reach it, so it does not know that this message arrived.
</p>`;

function tab(mail: ReceivedMail, view: MessageView, isCurrent: boolean): Html {
  return html`<a href="/mail/messages/${mail.id}?view=${view}" aria-current="${isCurrent ? 'true' : 'false'}"
    >${TITLES[view]}</a
  >`;
}

/** The message is gone: cleared, or pushed out by newer ones. */
export function messageGone(): Html {
  return html`<article class="message">
    <a class="back" href="/mail">All messages</a>
    <h1>This message is gone</h1>
    <p>The mailbox was cleared, restarted, or has dropped it to make room: it keeps the latest 2,000.</p>
  </article>`;
}

function body(mail: ReceivedMail, view: MessageView): Html {
  switch (view) {
    case 'html':
      if (mail.html === '') return html`<p class="none">This message has no HTML part.</p>`;
      return html`<iframe
        class="paper"
        title="HTML of the message"
        sandbox="allow-popups allow-popups-to-escape-sandbox"
        src="/mail/messages/${mail.id}/html"
      ></iframe>`;
    case 'text':
      if (mail.text === '') return html`<p class="none">This message has no text part.</p>`;
      return html`<pre class="text">${mail.text}</pre>`;
    case 'headers':
      return html`<dl class="headers">
        ${mail.headers.map(
          ({ name, value }) =>
            html`<dt>${name}</dt>
              <dd>${value}</dd>`,
        )}
      </dl>`;
    case 'raw':
      return html`<pre class="raw" tabindex="0" aria-label="Raw message">
${mail.raw.toString('utf8').slice(0, RAW_LIMIT)}</pre>`;
  }
}

function size(bytes: number): string {
  return bytes < 10_000 ? `${bytes} bytes` : `${Math.round(bytes / 1_000).toLocaleString('en')} kB`;
}

function attachments(count: number): string {
  if (count === 0) return 'no attachments';
  return count === 1 ? '1 attachment' : `${count} attachments`;
}
