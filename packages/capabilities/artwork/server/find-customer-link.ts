import type { Sql } from '@windlass/db/sql';
import { Refusal } from '../../kit/refusal.ts';
import { hashToken, TOKEN_FORM } from '../link-token.ts';

export type OpenedLink = {
  id: string;
  orderId: string;
  shopId: string;
  shopName: string;
  orderNumber: number;
  customerName: string;
  expiresAt: Date;
  state: 'active' | 'expired' | 'revoked';
};

const SELECT = `select k.id, k.order_id as "orderId", k.shop_id as "shopId", s.name as "shopName",
  o.number as "orderNumber", o.customer_name as "customerName",
    k.expires_at as "expiresAt", case when k.revoked_at is not null then 'revoked' when k.expires_at <= now() then 'expired' else 'active' end as state
  from artwork_link k join customer_order o on o.id = k.order_id
    join shop s on s.id = k.shop_id where k.token_hash = $1`;

/** What a customer's token opens, or undefined. One of another form than ours asks nothing of the database. */
export async function findCustomerLink(sql: Sql, token: string): Promise<OpenedLink | undefined> {
  return TOKEN_FORM.test(token)
    ? sql.row<OpenedLink>('find-customer-artwork-link', SELECT, [hashToken(token)])
    : undefined;
}

export const linkEnded = (): Refusal =>
  new Refusal('gone', 'LINK_ENDED', { message: 'This link has ended. Ask the shop for a new one.' });
