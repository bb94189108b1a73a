import { html } from 'hono/html';
import type { Html } from './page-layout.ts';

/** Teaches the empty mailbox: where mail comes from, how to send one by hand, and what scripts can ask. */
export function howToPanel({ smtpUrl, origin, isEmpty }: { smtpUrl: string; origin: string; isEmpty: boolean }): Html {
  return html`<section class="panel">
    <h2>${isEmpty ? 'Nothing has arrived yet' : 'About this mailbox'}</h2>
    <p>
      This is a real mail server on your own machine. It takes mail for every address and delivers none: whatever
      Windlass sends with
      <code>SMTP_URL=${smtpUrl}</code> ends here. Approve an order, or send one by hand:
    </p>
    <pre class="command" tabindex="0" aria-label="Command">
printf 'Subject: Hello\\r\\n\\r\\nIt works.\\r\\n' | curl -sS ${smtpUrl} \\
  --mail-from shop@example.com --mail-rcpt ada@example.com -T -</pre>
    <p>The latest 2,000 messages are kept in memory and gone after a restart. Scripts and tests read them as JSON:</p>
    <ul class="endpoints">
      <li><code>GET ${origin}/mail/api/messages?to=ada@example.com</code></li>
      <li><code>GET ${origin}/mail/api/tally</code> how often each Message-ID came</li>
      <li><code>DELETE ${origin}/mail/api/messages</code></li>
      <li><code>PUT ${origin}/mail/api/faults</code> the fault switches</li>
    </ul>
  </section>`;
}
