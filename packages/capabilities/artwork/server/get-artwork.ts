import { notFound } from '../../kit/refusal.ts';
import type { SignedInContext } from '../../kit/server-context.ts';
import type { ArtworkDetail } from '../contract.ts';
import { ARTWORK_FROM, ARTWORK_ROW, type ArtworkRecord, toArtworkRow } from './artwork-row.ts';

/** Its newest proof job, if that has failed. */
const FAILED_PROOF = `(select json_build_object('jobId', p.id, 'sentence', p.error_sentence, 'hint', p.error_hint, 'acknowledged', p.acknowledged_at is not null)
  from (select * from job where subject = a.id and name = 'artwork.make-proof'
    order by created_at desc, id desc limit 1) p where p.state = 'failed')`;

/** The whole chain of versions that one artwork belongs to, whichever of them is asked for. */
const SELECT = `with recursive later as (
    select id from artwork where id = $1 and shop_id = $2
    union all select x.id from artwork x join later on x.replaces_id = later.id),
  newest as (select id from later order by id desc limit 1),
  chain as (
    select id, replaces_id from artwork where id = (select id from newest)
    union all select x.id, x.replaces_id from artwork x join chain on x.id = chain.replaces_id)
  select ${ARTWORK_ROW}, encode(f.sha256, 'hex') as sha256,
    case when a.proof is null then ${FAILED_PROOF} end as "failedProof" ${ARTWORK_FROM}
    where a.id in (select id from chain) order by a.version desc`;

/** An artwork with all its versions, in one statement. */
export async function getArtwork(ctx: SignedInContext, id: string): Promise<ArtworkDetail> {
  const { database, settings } = ctx.services;
  const records = await database.sql.rows<ArtworkRecord & Pick<ArtworkDetail, 'sha256' | 'failedProof'>>(
    'get-artwork',
    SELECT,
    [id, ctx.person.shopId],
  );
  const found = records.find((record) => record.id === id);
  if (!found) throw notFound('artwork');
  const rowOf = ({ sha256: _sha256, failedProof: _failedProof, ...record }: (typeof records)[number]) =>
    toArtworkRow(record, settings.pictures);
  return {
    ...rowOf(found),
    versions: records.map(rowOf),
    originalUrl: `/artwork/originals/${id}`,
    sha256: found.sha256,
    failedProof: found.failedProof,
  };
}
