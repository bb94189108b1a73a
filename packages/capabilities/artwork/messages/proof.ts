import type { Sql } from '@windlass/db/sql';
import { html } from 'hono/html';
import type { ComposedMessage } from '../../deliveries/contract.ts';
import { LINK_DAYS } from '../contract.ts';

const ORDER = `select o.number, o.customer_name as "customerName", s.name as "shopName", s.mail_from as "mailFrom",
    coalesce((select json_agg(a.name order by a.created_at) from artwork a
      where a.order_id = o.id and a.state = 'sent' and a.superseded_at is null and a.removed_at is null), '[]') as names
  from customer_order o join shop s on s.id = o.shop_id where o.id = $1`;
export type ProofFacts = { number: number; customerName: string; shopName: string; mailFrom: string; names: string[] };

export async function readProofFacts(sql: Sql, orderId: string): Promise<ProofFacts> {
  const order = await sql.row<ProofFacts>('order-for-proof-mail', ORDER, [orderId]);
  if (!order) throw new Error(`order ${orderId} is gone`);
  return order;
}

/** Pure: the same facts give the same message. `html` escapes every value by construction. */
export async function renderProof(order: ProofFacts, url: string): Promise<ComposedMessage> {
  const names = order.names.slice(0, 10);
  const more = order.names.length - names.length;
  const lifetime = `The link works for ${LINK_DAYS} days. You can also send other artwork there.`;
  const page = await html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark"><title>Your proof for order #${order.number}</title></head>
<body style="margin:0;padding:24px;background:#f5f6f7;font-family:system-ui,-apple-system,'Segoe UI',sans-serif;color:#1c2226;line-height:1.5">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="max-width:560px;margin:0 auto;background:#fff;border:1px solid #e2e6e9;border-radius:8px">
<tr><td style="padding:28px">
<p style="margin:0 0 16px;font-size:14px;color:#5b666d">${order.shopName}</p>
<h1 style="margin:0 0 12px;font-size:20px">Your proof is ready</h1>
<p style="margin:0 0 20px">Hello ${order.customerName}, please look at your artwork for order #${order.number} before we print it.</p>
<ul style="margin:0 0 20px;padding-left:20px">${names.map((name) => html`<li>${name}</li>`)}${more > 0 ? html`<li>and ${more} more</li>` : ''}</ul>
<a href="${url}" style="display:inline-block;padding:9px 16px;background:#0b6477;color:#fff;text-decoration:none;border-radius:6px;font-weight:600">Look at the proof</a>
<p style="margin:20px 0 0;font-size:13px;color:#5b666d">${lifetime}</p>
</td></tr></table></body></html>`;
  const text = [
    `Hello ${order.customerName},`, '', `please look at your artwork for order #${order.number} before we print it:`, '',
    ...names.map((name) => `- ${name}`), ...(more > 0 ? [`- and ${more} more`] : []), '', url, '', lifetime, '', order.shopName,
  ].join('\n');
  return { fromName: order.shopName, fromAddress: order.mailFrom, html: String(page), text };
}
