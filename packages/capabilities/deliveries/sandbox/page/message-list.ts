import { html } from 'hono/html';
import type { ReceivedMail } from '../create-mailbox.ts';
import type { Html } from './page-layout.ts';

const SNIPPET_LENGTH = 110;

/** The list, newest first. The items carry their id so that the page can add new ones without touching the rest. */
export function messageList(mails: readonly ReceivedMail[], selected: string | undefined): Html {
  const items = mails.map((mail) => messageItem(mail, selected));
  return html`<ol class="list" id="list" data-empty="Messages appear here as they arrive.">
    ${items}
  </ol>`;
}

function messageItem(mail: ReceivedMail, selected: string | undefined): Html {
  return html`<li data-id="${mail.id}">
    <a href="/mail/messages/${mail.id}" aria-current="${mail.id === selected ? 'page' : 'false'}">
      <span class="to">${mail.envelope.to.join(', ')}</span>
      <time datetime="${mail.receivedAt}">${clock(mail.receivedAt)}</time>
      <span class="subject">${mail.subject === '' ? '(no subject)' : mail.subject}</span>
      <span class="snippet">${mail.text.replace(/\s+/g, ' ').trim().slice(0, SNIPPET_LENGTH)}</span>
    </a>
  </li>`;
}

/** Local time of the machine, which is also the reader's: the sandbox never leaves it. */
export function clock(at: string): string {
  return new Date(at).toLocaleTimeString('en-GB');
}
