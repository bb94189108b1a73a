import { createApiKey, revokeKey } from '@windlass/auth/api-keys';
import type { z } from 'zod';
import { auditPerson } from '../../kit/record-audit.ts';
import { notFound } from '../../kit/refusal.ts';
import type { SignedInContext } from '../../kit/server-context.ts';
import { iso } from '../../kit/sql-text.ts';
import type { apiKeysOutput } from '../contract.ts';

const LIST = `select id, name, hint, ${iso('created_at')} as "createdAt", ${iso('last_used_at')} as "lastUsedAt",
  ${iso('revoked_at')} as "revokedAt"
  from api_key where shop_id = $1 order by created_at desc, id desc limit 200`;

export async function listApiKeys(ctx: SignedInContext): Promise<z.infer<typeof apiKeysOutput>> {
  return { rows: await ctx.services.database.sql.rows('list-api-keys', LIST, [ctx.person.shopId]) };
}

/** The answer is the only place the secret is ever seen. */
export async function addApiKey(ctx: SignedInContext, name: string): Promise<{ id: string; secret: string }> {
  return ctx.services.database.transaction(async (tx) => {
    const { id, secret } = await createApiKey(tx, { shopId: ctx.person.shopId, name, createdBy: ctx.person.id });
    await auditPerson(tx, ctx, { action: 'operations.add-api-key', subject: id });
    return { id, secret };
  });
}

export async function revokeApiKey(ctx: SignedInContext, id: string): Promise<{ success: true }> {
  await ctx.services.database.transaction(async (tx) => {
    if (!(await revokeKey(tx, { id, shopId: ctx.person.shopId }))) throw notFound('API key');
    await auditPerson(tx, ctx, { action: 'operations.revoke-api-key', subject: id });
  });
  return { success: true };
}
