import { html, raw } from 'hono/html';
import type { HtmlEscapedString } from 'hono/utils/html';

/**
 * The look is written into each element, since many readers drop styles; those that keep them and are dark get dark
 * colours.
 */
const DARK = `:root{color-scheme:light dark;supported-color-schemes:light dark}
@media (prefers-color-scheme:dark){
.page{background:#14181a!important;color:#e7ecef!important}
.card,.box{background:#1c2124!important;border-color:#323a3f!important}
.quiet{color:#9aa6ad!important}.plain{color:#5cc0d4!important}
.button{background:#5cc0d4!important;color:#0c1a1e!important}}`;

/**
 * For `style` of what stands out less, of a link that is a button, and of one in a list. With the classes `quiet`,
 * `button` and `plain`.
 */
export const QUIET = 'color:#5b666d';
export const BUTTON =
  'display:inline-block;padding:9px 16px;background:#0b6477;color:#fff;text-decoration:none;border-radius:6px;font-weight:600';
export const PLAIN = 'color:#0b6477';

export type MailFrame = {
  title: string;
  shopName: string;
  heading: string;
  /** What follows the heading in its cell, and rows of their own after it. */ lead: unknown;
  rows?: unknown;
};

/** The page around what a mail says, in the reader's light or dark. */
export const mailFrame = async ({ title, shopName, heading, lead, rows = '' }: MailFrame): Promise<string> =>
  String(
    await (html`<!doctype html>
      <html lang="en">
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width" />
          <meta name="color-scheme" content="light dark" />
          <meta name="supported-color-schemes" content="light dark" />
          <title>${title}</title>
          <style>
            ${raw(DARK)}
          </style>
        </head>
        <body
          class="page"
          style="margin:0;padding:24px;background:#f5f6f7;font-family:system-ui,-apple-system,'Segoe UI',sans-serif;color:#1c2226;line-height:1.5"
        >
          <table
            class="card"
            role="presentation"
            width="100%"
            cellpadding="0"
            cellspacing="0"
            style="max-width:560px;margin:0 auto;background:#fff;border:1px solid #e2e6e9;border-radius:8px"
          >
            <tr>
              <td style="padding:28px 28px 8px">
                <p class="quiet" style="margin:0 0 16px;font-size:14px;${QUIET}">${shopName}</p>
                <h1 style="margin:0 0 12px;font-size:20px">${heading}</h1>
                ${lead}
              </td>
            </tr>
            ${rows}
          </table>
        </body>
      </html>` as HtmlEscapedString | Promise<HtmlEscapedString>),
  );
