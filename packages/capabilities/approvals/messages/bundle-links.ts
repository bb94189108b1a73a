import type { Sql } from '@windlass/db/sql';
import { html } from 'hono/html';
import { formatBytes } from '../../kit/format.ts';
import { BUTTON, mailFrame, PLAIN, QUIET } from '../../kit/mail-frame.ts';
import type { ComposedMessage } from '../../kit/compose-message.ts';
import { LINK_DOWNLOADS, LINK_HOURS } from '../contract.ts';

/** `url` is null while the bundle's file is not there yet. */
export type LinkedBundle = { name: string; sizeBytes: number; url: string | null };

/** Bundles are distinct, in the order of the order's lines. */
const ORDERS = `select o.id, o.number, o.customer_name as "customerName", s.name as "shopName",
    s.mail_from as "mailFrom", coalesce(l.bundles, '[]') as bundles
  from customer_order o join shop s on s.id = o.shop_id
    left join lateral (
      select json_agg(json_build_object('id', b.id, 'name', b.name, 'sizeBytes', b.size_bytes,
        'ready', b.object_key is not null) order by f.position) as bundles
      from (select bundle_id, min(position) as position from order_line where order_id = o.id group by bundle_id) f
        join bundle b on b.id = f.bundle_id) l on true
  where o.id = any($1::text[])`;

export type OrderedBundle = { id: string; name: string; sizeBytes: number; ready: boolean };
/** What the message says of the order. */
export type OrderFacts = {
  id: string;
  number: number;
  customerName: string;
  shopName: string;
  mailFrom: string;
  bundles: OrderedBundle[];
};

/** One for each delivery, in their order. Throws where an order is gone. */
export async function readOrderFacts(
  sql: Sql,
  deliveries: readonly { id: string; orderId: string }[],
): Promise<OrderFacts[]> {
  const orderIds = deliveries.map(({ orderId }) => orderId);
  const rows = await sql.rows<OrderFacts>('orders-for-mails', ORDERS, [orderIds]);
  const orders = new Map(rows.map((order) => [order.id, order]));
  return deliveries.map(({ id, orderId }) => {
    const order = orders.get(orderId);
    if (!order) throw new Error(`order ${orderId} of delivery ${id} is gone`);
    return order;
  });
}

const lifetime = `The links work for ${LINK_HOURS} hours and up to ${LINK_DOWNLOADS} downloads each.`;

const expired = 'When a link has expired, its page can send you a new one.';
const NOT_READY = 'This file is not ready yet: answer this mail to hear when it is.';

/** Above this, Gmail cuts a message off and hides its end behind a link. In bytes of HTML. */
const MOST_BYTES = 95_000;
/** Code points of a name where even the short list of so many bundles would be too long. */
const SHORT_NAME = 40;
/** How bundles are listed: the first that fits. */
const listings = [
  (bundle: LinkedBundle) => box(bundle),
  (bundle: LinkedBundle) => line(bundle),
  (bundle: LinkedBundle) => line({ ...bundle, name: shorten(bundle.name) }),
];

/** Pure: the same order and links give the same message. `html` escapes every value by construction. */
export async function renderBundleLinks(order: OrderFacts, bundles: readonly LinkedBundle[]): Promise<ComposedMessage> {
  const write = (list: (bundle: LinkedBundle) => unknown) =>
    mailFrame({
      title: `Your order #${order.number}`,
      shopName: order.shopName,
      heading: 'Your files are ready',
      lead: html`<p style="margin:0 0 20px">
        Hello ${order.customerName}, thank you for your order #${order.number}.
      </p>`,
      rows: html`${bundles.map(list)}
        <tr>
          <td class="quiet" style="padding:16px 28px 28px;font-size:13px;${QUIET}">${lifetime} ${expired}</td>
        </tr>`,
    });
  let page = '';
  for (const list of listings) {
    page = await write(list);
    if (Buffer.byteLength(page) <= MOST_BYTES) break;
  }
  const text = [
    `Hello ${order.customerName},`,
    '',
    `thank you for your order #${order.number}. Your files:`,
    '',
    ...bundles.map((b) =>
      b.url ? `${b.name} (${formatBytes(b.sizeBytes)})\n${b.url}\n` : `${b.name}\n${NOT_READY}\n`,
    ),
    lifetime,
    expired,
    '',
    order.shopName,
  ].join('\n');
  return { fromName: order.shopName, fromAddress: order.mailFrom, html: page, text };
}

function box(bundle: LinkedBundle) {
  const action = bundle.url
    ? html`<a class="button" href="${bundle.url}" style="${BUTTON}">Download</a>`
    : html`<span class="quiet" style="${QUIET}">${NOT_READY}</span>`;
  return html`<tr>
    <td style="padding:12px 28px">
      <div class="box" style="padding:14px 16px;border:1px solid #e2e6e9;border-radius:6px">
        <div style="font-weight:600">${bundle.name}</div>
        <div class="quiet" style="margin:2px 0 10px;font-size:13px;${QUIET}">
          ${bundle.url ? formatBytes(bundle.sizeBytes) : ''}
        </div>
        ${action}
      </div>
    </td>
  </tr>`;
}

const line = ({ name, url, sizeBytes }: LinkedBundle) =>
  html`<tr>
    <td style="padding:3px 28px">
      ${url ? html`<a class="plain" href="${url}" style="${PLAIN}">${name}</a> ${formatBytes(sizeBytes)}` : `${name}: ${NOT_READY}`}
    </td>
  </tr>`;

function shorten(name: string): string {
  const points = [...name];
  return points.length > SHORT_NAME ? `${points.slice(0, SHORT_NAME - 1).join('')}…` : name;
}
