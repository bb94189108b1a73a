import { Hono } from 'hono';
import { html } from 'hono/html';
import type { FaultSwitch } from './create-fault-switch.ts';
import type { Mailbox } from './create-mailbox.ts';
import { loadPageAssets } from './load-page-assets.ts';
import { faultPanel } from './page/fault-panel.ts';
import { howToPanel } from './page/how-to-panel.ts';
import { messageList } from './page/message-list.ts';
import { MESSAGE_VIEWS, messageGone, messageView } from './page/message-view.ts';
import { countText, pageLayout } from './page/page-layout.ts';
import type { Html } from './page/page-layout.ts';
import { streamMailboxState } from './stream-mailbox-state.ts';

export type MailPagesOptions = { mailbox: Mailbox; faults: FaultSwitch; smtpUrl: string };

/** The list shows this many; older ones are reached through the JSON API. */
const LIST_LENGTH = 200;

/** The pages' own code only; nothing from a message runs or loads here. */
const PAGE_POLICY = [
  "default-src 'none'; base-uri 'none'; form-action 'none'",
  "style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self'; frame-src 'self'",
].join('; ');

/**
 * A message may show remote pictures and its own styles, and may open links in a new tab. It runs no script and has no
 * origin.
 */
const MESSAGE_POLICY =
  "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; img-src http: https: data:; style-src 'unsafe-inline'";

/** The mailbox as pages: mount under /mail. Throws if a file of the page is missing. */
export function createMailPages({ mailbox, faults, smtpUrl }: MailPagesOptions): Hono {
  const pages = new Hono();
  const list = (selected?: string) => messageList(mailbox.list({ limit: LIST_LENGTH }), selected);

  function page(parts: { title: string; main: Html; shows: 'home' | 'message'; selected?: string }): Html {
    return pageLayout({
      ...parts,
      smtpUrl,
      count: mailbox.count(),
      fault: faults.current(),
      list: list(parts.selected),
    });
  }

  pages.use(async (c, next) => {
    await next();
    if (!c.res.headers.has('content-security-policy')) c.header('content-security-policy', PAGE_POLICY);
    c.header('x-content-type-options', 'nosniff');
    c.header('referrer-policy', 'no-referrer');
  });

  pages.get('/', (c) => {
    const { origin } = new URL(c.req.url);
    const howTo = howToPanel({ smtpUrl, origin, isEmpty: mailbox.count() === 0 });
    const switches = faultPanel(faults.current());
    const panels = mailbox.count() === 0 ? [howTo, switches] : [switches, howTo];
    const main = html`<h1 class="unseen">Mailbox</h1>
      ${panels}`;
    return c.html(page({ title: 'Mailbox', main, shows: 'home' }));
  });

  pages.get('/messages/:id', (c) => {
    const mail = mailbox.find(c.req.param('id'));
    if (mail === undefined) return c.html(page({ title: 'Message gone', main: messageGone(), shows: 'message' }), 404);
    const view = MESSAGE_VIEWS.find((name) => name === c.req.query('view')) ?? (mail.html === '' ? 'text' : 'html');
    return c.html(page({ title: mail.subject, main: messageView(mail, view), shows: 'message', selected: mail.id }));
  });

  pages.get('/messages/:id/html', (c) => {
    const mail = mailbox.find(c.req.param('id'));
    if (mail === undefined) return c.notFound();
    c.header('content-security-policy', MESSAGE_POLICY);
    return c.html(`<!doctype html><base target="_blank">${mail.html}`);
  });

  pages.get('/list', (c) => c.html(list(c.req.query('selected'))));

  pages.get('/events', (c) =>
    streamMailboxState(c, {
      mailbox,
      faults,
      describe: () => ({ count: mailbox.count(), countText: countText(mailbox.count()) }),
    }),
  );

  for (const asset of loadPageAssets()) {
    pages.get(`/assets/${asset.name}`, (c) =>
      c.body(asset.text, 200, { 'content-type': asset.type, 'cache-control': 'no-cache' }),
    );
  }
  return pages;
}
