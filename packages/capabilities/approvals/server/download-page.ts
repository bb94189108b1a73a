import { html, raw } from 'hono/html';
import { formatBytes } from '../../kit/format.ts';
import { LINK_HOURS, RENEWALS_A_DAY, RENEWALS_IN_ALL } from '../contract.ts';
import type { OpenedLink } from './find-link.ts';
import { PAGE_STYLE } from './page-style.ts';

type Body = ReturnType<typeof html>;

/** The customer's pages: one card, one action, and no script at all. */
async function page(title: string, shopName: string, body: Body): Promise<string> {
  return String(
    await html`<!doctype html>
      <html lang="en">
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          <meta name="robots" content="noindex" />
          <meta name="referrer" content="no-referrer" />
          <meta name="color-scheme" content="light dark" />
          <title>${title}</title>
          <style>
            ${raw(PAGE_STYLE)}
          </style>
        </head>
        <body>
          <main>
            <p class="shop">${shopName}</p>
            <div class="card">${body}</div>
          </main>
        </body>
      </html>`,
  );
}

export function renderLinkPage(link: OpenedLink, token: string, now: Date): Promise<string> {
  const left = link.maxDownloads - link.downloads;
  return page(
    link.bundleName,
    link.shopName,
    html` <h1>${link.bundleName}</h1>
      <p class="quiet">Order #${link.orderNumber}</p>
      ${
        link.contents.length > 0
          ? html`<ul>
              ${link.contents.map((file) => html`<li><span>${file.name}</span><span class="size">${formatBytes(file.sizeBytes)}</span></li>`)}
            </ul>`
          : ''
      }
      <a class="button" href="/api/download/secure/${link.bundleId}?token=${token}" rel="noreferrer"
        >Download <span>${formatBytes(link.sizeBytes)}</span></a
      >
      <p class="quiet">
        Expires ${expiresIn(link.expiresAt, now)} · ${left} ${left === 1 ? 'download' : 'downloads'} left
      </p>`,
  );
}

/** Expired, revoked and used up read alike: whoever found an old link learns nothing from it. */
export function renderGonePage(shopName: string, token: string): Promise<string> {
  return page(
    'This link has expired',
    shopName,
    html` <h1>This link has expired</h1>
      <p>
        Links work for ${LINK_HOURS} hours and a limited number of downloads. We can send a new one to the e-mail
        address of the order, up to ${RENEWALS_A_DAY} times a day and ${RENEWALS_IN_ALL} times in all.
      </p>
      <form method="post" action="/d/${token}/renew"><button class="button">Send me a new link</button></form>`,
  );
}

export function renderRenewedPage(shopName: string): Promise<string> {
  return page(
    'Look into your inbox',
    shopName,
    html` <h1>Look into your inbox</h1>
      <p>
        If this order’s files are still available, a mail with new links is on its way to the address of the order. It
        may take a minute.
      </p>
      <p class="quiet">
        We send at most ${RENEWALS_A_DAY} such mails a day and ${RENEWALS_IN_ALL} for one order, ten minutes apart. If
        none comes, look for an earlier one, try again tomorrow, or answer the mail the link came in: the shop can
        always send new links.
      </p>`,
  );
}

export function renderMissingPage(): Promise<string> {
  return page(
    'No such link',
    'Windlass',
    html` <h1>There is nothing here</h1>
      <p>
        The link is not complete or was never ours. Open it again from your mail, in one piece. If that does not help,
        answer the mail it came in.
      </p>`,
  );
}

export function renderTooManyPage(seconds: number): Promise<string> {
  return page(
    'A moment, please',
    'Windlass',
    html`<h1>A moment, please</h1>
      <p>Too many links were tried from here. Try again in ${seconds} seconds.</p>`,
  );
}

export function renderUnavailablePage(shopName: string): Promise<string> {
  return page(
    'Not available just now',
    shopName,
    html` <h1>The file is not available just now</h1>
      <p>This is our fault, and the shop has been told. Nothing was counted; try again in a few minutes.</p>`,
  );
}

function expiresIn(iso: string, now: Date): string {
  // Rounded down, as the admin does: nobody is promised a minute too many.
  const minutes = Math.max(1, Math.floor((new Date(iso).getTime() - now.getTime()) / 60_000));
  return minutes < 60 ? `in ${minutes} min` : `in ${Math.floor(minutes / 60)} h`;
}
