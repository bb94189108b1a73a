import type { Sql } from '@windlass/db/sql';
import { html } from 'hono/html';
import { formatBytes } from '../../kit/format.ts';
import type { ComposedMessage } from '../../deliveries/contract.ts';
import { LINK_DOWNLOADS, LINK_HOURS } from '../contract.ts';

/** `url` is null while the bundle's file is not there yet. */
export type LinkedBundle = { name: string; sizeBytes: number; url: string | null };

const ORDER = `select o.number, o.customer_name as "customerName", s.name as "shopName", s.mail_from as "mailFrom"
  from customer_order o join shop s on s.id = o.shop_id where o.id = $1`;
export type OrderFacts = { number: number; customerName: string; shopName: string; mailFrom: string };

/** What the message says of the order. */
export async function readOrderFacts(sql: Sql, delivery: { id: string; orderId: string }): Promise<OrderFacts> {
  const order = await sql.row<OrderFacts>('order-for-mail', ORDER, [delivery.orderId]);
  if (!order) throw new Error(`order ${delivery.orderId} of delivery ${delivery.id} is gone`);
  return order;
}

/** The distinct bundles of an order, in the order of its lines. */
const BUNDLES = `select b.id, b.name, b.size_bytes::float8 as "sizeBytes", b.object_key is not null as ready
  from bundle b join (select bundle_id, min(position) as position from order_line where order_id = $1 group by bundle_id) l on l.bundle_id = b.id
  order by l.position`;

export type OrderedBundle = { id: string; name: string; sizeBytes: number; ready: boolean };

export const readOrderedBundles = (sql: Sql, orderId: string): Promise<OrderedBundle[]> => sql.rows('bundles-of-order', BUNDLES, [orderId]);

const lifetime = `The links work for ${LINK_HOURS} hours and up to ${LINK_DOWNLOADS} downloads each.`;

/** Pure: the same order and links give the same message. `html` escapes every value by construction. */
export async function renderBundleLinks(order: OrderFacts, bundles: readonly LinkedBundle[]): Promise<ComposedMessage> {
  const page = await html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark"><title>Your order #${order.number}</title></head>
<body style="margin:0;padding:24px;background:#f5f6f7;font-family:system-ui,-apple-system,'Segoe UI',sans-serif;color:#1c2226;line-height:1.5">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="max-width:560px;margin:0 auto;background:#fff;border:1px solid #e2e6e9;border-radius:8px">
<tr><td style="padding:28px 28px 8px">
<p style="margin:0 0 16px;font-size:14px;color:#5b666d">${order.shopName}</p>
<h1 style="margin:0 0 12px;font-size:20px">Your files are ready</h1>
<p style="margin:0 0 20px">Hello ${order.customerName}, thank you for your order #${order.number}.</p>
</td></tr>
${bundles.map((bundle) => row(bundle))}
<tr><td style="padding:16px 28px 28px;font-size:13px;color:#5b666d">${lifetime} When a link has expired, its page can send you a new one.</td></tr>
</table></body></html>`;
  const text = [
    `Hello ${order.customerName},`,
    '',
    `thank you for your order #${order.number}. Your files:`,
    '',
    ...bundles.map((b) => (b.url ? `${b.name} (${formatBytes(b.sizeBytes)})\n${b.url}\n` : `${b.name}\nThis file is not ready yet. We will send it to you later.\n`)),
    lifetime,
    'When a link has expired, its page can send you a new one.',
    '',
    order.shopName,
  ].join('\n');
  return { fromName: order.shopName, fromAddress: order.mailFrom, html: String(page), text };
}

function row(bundle: LinkedBundle) {
  const action = bundle.url
    ? html`<a href="${bundle.url}" style="display:inline-block;padding:9px 16px;background:#0b6477;color:#fff;text-decoration:none;border-radius:6px;font-weight:600">Download</a>`
    : html`<span style="color:#5b666d">Not ready yet. We will send it to you later.</span>`;
  return html`<tr><td style="padding:12px 28px"><div style="padding:14px 16px;border:1px solid #e2e6e9;border-radius:6px">
<div style="font-weight:600">${bundle.name}</div><div style="margin:2px 0 10px;font-size:13px;color:#5b666d">${bundle.url ? formatBytes(bundle.sizeBytes) : ''}</div>${action}</div></td></tr>`;
}
