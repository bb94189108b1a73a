import type { Database } from '@windlass/db/open-database';
import type { SealKeys } from '../../kit/seal-keys.ts';
import { openSealed, sealSecret } from '../../kit/sealed-secret.ts';
import type { Resealed } from '../../kit/server-plug.ts';

/** Locked, so that a secret entered meanwhile is not undone; messages of the shop wait for milliseconds. */
const NEXT = `select id, secret from order_source
  where id > $1 and secret <> '' order by id limit 100 for no key update`;
const SET = `update order_source s set secret = x.secret
  from unnest($1::text[], $2::bytea[]) as x (id, secret) where s.id = x.id`;

type Row = { id: string; secret: Buffer };

/** Seals every source's secret anew that is not under the first key: a transaction for each hundred. */
export async function resealSources(database: Database, keys: SealKeys): Promise<Resealed> {
  const sum: Resealed = { kept: 0, anew: 0, unreadable: 0 };
  for (let after: string | undefined = ''; after !== undefined;) {
    const from: string = after;
    after = await database.transaction(async (tx) => {
      const rows = await tx.rows<Row>('next-sealed-sources', NEXT, [from]);
      const anew: Row[] = [];
      for (const { id, secret } of rows) {
        const opened = openSealed(secret, { keys, owner: id });
        if (opened === undefined) sum.unreadable += 1;
        else if (opened.keyId === keys.named[0]?.id) sum.kept += 1;
        else anew.push({ id, secret: sealSecret(opened.secret, { keys, owner: id }) });
      }
      if (anew.length > 0)
        await tx.rows('reseal-sources', SET, [anew.map(({ id }) => id), anew.map(({ secret }) => secret)]);
      sum.anew += anew.length;
      return rows.at(-1)?.id;
    });
  }
  return sum;
}
