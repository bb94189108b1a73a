import { composeBundleLinks } from '@windlass/capabilities/approvals/compose-bundle-links';
import type { Database } from '@windlass/db/open-database';
import { MAIL_CONNECTIONS } from '@windlass/capabilities/deliveries/contract';
import { createTransport, type SendMailOptions } from 'nodemailer';
import { LINK_SECRET } from '../world/secrets.ts';
import type { World } from '../world/world.ts';

export type BareSender = (mail: SendMailOptions) => Promise<void>;

/** The twin: nodemailer's own pool, with as many connections as the worker's and as many messages on each. */
export function openBareSender(world: World, port: number): BareSender {
  const transport = createTransport({
    pool: true,
    host: '127.0.0.1',
    port,
    secure: false,
    ignoreTLS: true,
    maxConnections: MAIL_CONNECTIONS,
    maxMessages: 100,
  });
  world.whenOver(() => transport.close());
  return async (mail) => void (await transport.sendMail(mail));
}

const DELIVERIES = `select id, order_id as "orderId", recipient, recipient_name as "recipientName", subject,
  message_id as "messageId"
  from delivery where order_id = any($1::text[])`;
type Row = {
  id: string;
  orderId: string;
  recipient: string;
  recipientName: string;
  subject: string;
  messageId: string;
};

/** The very messages of these orders' deliveries, composed as the worker composes them. */
export async function composeMails(
  database: Database,
  orderIds: readonly string[],
  publicUrl: string,
): Promise<SendMailOptions[]> {
  const compose = composeBundleLinks(database, { publicUrl, linkSecret: LINK_SECRET });
  const rows = await database.sql.rows<Row>('bench-deliveries', DELIVERIES, [orderIds]);
  const messages = await compose(rows);
  return rows.map((row, i) => {
    const { fromName, fromAddress, html, text } = messages[i]!;
    return {
      envelope: { from: fromAddress, to: [row.recipient] },
      from: { name: fromName, address: fromAddress },
      to: { name: row.recipientName, address: row.recipient },
      subject: row.subject,
      messageId: row.messageId,
      html,
      text,
    };
  });
}
