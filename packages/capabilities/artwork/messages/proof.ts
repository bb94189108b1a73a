import type { Sql } from '@windlass/db/sql';
import { html } from 'hono/html';
import type { ComposedMessage } from '../../kit/compose-message.ts';
import { BUTTON, mailFrame, QUIET } from '../../kit/mail-frame.ts';
import { LINK_DAYS } from '../contract.ts';

const ORDERS = `select o.id, o.number, o.customer_name as "customerName", s.name as "shopName", s.mail_from as "mailFrom",
    coalesce((select json_agg(a.name order by a.created_at) from artwork a
      where a.order_id = o.id and a.state = 'sent' and a.superseded_at is null and a.removed_at is null), '[]') as names
  from customer_order o join shop s on s.id = o.shop_id where o.id = any($1::text[])`;
export type ProofFacts = {
  id: string;
  number: number;
  customerName: string;
  shopName: string;
  mailFrom: string;
  names: string[];
};

/** One for each id, in their order. Throws where an order is gone. */
export async function readProofFacts(sql: Sql, orderIds: readonly string[]): Promise<ProofFacts[]> {
  const rows = await sql.rows<ProofFacts>('orders-for-proof-mails', ORDERS, [orderIds]);
  const orders = new Map(rows.map((order) => [order.id, order]));
  return orderIds.map((id) => {
    const order = orders.get(id);
    if (!order) throw new Error(`order ${id} is gone`);
    return order;
  });
}

/** Pure: the same facts give the same message. `html` escapes every value by construction. */
export async function renderProof(order: ProofFacts, url: string): Promise<ComposedMessage> {
  const names = order.names.slice(0, 10);
  const more = order.names.length - names.length;
  const lifetime = `The link works for ${LINK_DAYS} days. You can also send other artwork there.`;
  const page = await mailFrame({
    title: `Your proof for order #${order.number}`,
    shopName: order.shopName,
    heading: 'Your proof is ready',
    lead: html`<p style="margin:0 0 20px">
        Hello ${order.customerName}, please look at your artwork for order #${order.number} before we print it.
      </p>
      <ul style="margin:0 0 20px;padding-left:20px">
        ${names.map((name) => html`<li>${name}</li>`)}${more > 0 ? html`<li>and ${more} more</li>` : ''}
      </ul>
      <a class="button" href="${url}" style="${BUTTON}">Look at the proof</a>
      <p class="quiet" style="margin:20px 0;font-size:13px;${QUIET}">${lifetime}</p>`,
  });
  const text = [
    `Hello ${order.customerName},`,
    '',
    `please look at your artwork for order #${order.number} before we print it:`,
    '',
    ...names.map((name) => `- ${name}`),
    ...(more > 0 ? [`- and ${more} more`] : []),
    '',
    url,
    '',
    lifetime,
    '',
    order.shopName,
  ].join('\n');
  return { fromName: order.shopName, fromAddress: order.mailFrom, html: page, text };
}
