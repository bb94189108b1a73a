import { html } from 'hono/html';
import type { HtmlEscapedString } from 'hono/utils/html';
import type { MailFault } from '../mail-fault.ts';
import { describeFault } from './describe-fault.ts';

export type Html = HtmlEscapedString | Promise<HtmlEscapedString>;

export type PageParts = {
  title: string;
  smtpUrl: string;
  count: number;
  fault: MailFault;
  list: Html;
  main: Html;
  /** On a narrow screen a page shows either the list or one message. */
  shows: 'home' | 'message';
};

/** The frame of every mailbox page: header, list on the left, one message or the fault switches on the right. */
export function pageLayout({ title, smtpUrl, count, fault, list, main, shows }: PageParts): Html {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${title}</title>
        <link rel="icon" href="/mail/assets/icon.svg" />
        <link rel="stylesheet" href="/mail/assets/mailbox.css" />
        <script type="module" src="/mail/assets/mailbox-client.js"></script>
      </head>
      <body data-shows="${shows}">
        <a class="skip" href="#main">Skip to the message</a>
        <header class="bar">
          <a class="brand" href="/mail"
            ><img src="/mail/assets/icon.svg" alt="" width="22" height="22" /> Sandbox <span>Mailbox</span></a
          >
          <a href="/mail#faults">Fault switches</a>
          <code class="address">${smtpUrl}</code>
          <p class="live" id="live" data-state="waiting">
            <span class="dot"></span><span id="live-text">Connecting</span>
          </p>
        </header>
        <a class="fault-strip" id="fault-strip" href="/mail#faults" ${describeFault(fault) === '' ? 'hidden' : ''}>
          <strong>Fault on</strong> <span id="fault-text">${describeFault(fault)}</span>
        </a>
        <div class="columns">
          <nav class="inbox" aria-label="Messages">
            <div class="inbox-head">
              <p id="count" role="status">${countText(count)}</p>
              <button type="button" class="quiet" id="clear" ${count === 0 ? 'hidden' : ''}>Clear all</button>
            </div>
            ${list}
          </nav>
          <main id="main" tabindex="-1">${main}</main>
        </div>
      </body>
    </html>`;
}

export function countText(count: number): string {
  if (count === 0) return 'No messages';
  return count === 1 ? '1 message' : `${count.toLocaleString('en')} messages`;
}
