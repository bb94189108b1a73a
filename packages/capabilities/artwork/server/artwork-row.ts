import { iso } from '../../kit/sql-text.ts';
import type { ArtworkRow, Picture } from '../contract.ts';
import { renditionSize } from '../rules.ts';

/**
 * What the database answers; the addresses of pictures are made from it. `at` is the place in a list with microseconds.
 */
export type ArtworkRecord = Omit<ArtworkRow, 'thumb' | 'preview' | 'full' | 'proof'> & {
  at: string;
  rendition: string | null;
  proofHash: string | null;
  proofWidth: number | null;
  proofHeight: number | null;
};

export const ARTWORK_ROW = `a.id, a.order_id as "orderId", o.number as "orderNumber", o.customer_name as "customerName", a.name, a.version, a.state, a.note,
  case when l.id is not null then json_build_object('id', l.id, 'position', l.position, 'title', l.title,
    'decoration', json_build_object('method', l.decoration_method, 'location', l.decoration_location, 'size',
      l.decoration_size)) end as line,
  json_build_object('state', f.state, 'kind', f.kind, 'sizeBytes', f.size_bytes, 'width', f.width, 'height', f.height,
    'thumbhash', f.thumbhash, 'spareChannel', f.spare_channel,
    'reason', case when f.error_code is not null then json_build_object('code', f.error_code, 'sentence',
      f.error_sentence, 'hint', f.error_hint) end) as file,
  case when j.id is not null then json_build_object('id', j.id, 'state', j.state, 'step', j.step, 'progress',
    j.progress,
    'acknowledged', j.acknowledged_at is not null) end as job,
  f.rendition, a.proof as "proofHash", a.proof_width as "proofWidth", a.proof_height as "proofHeight",
  u.name as "uploadedBy", ${iso('a.decided_at')} as "decidedAt", d.name as "decidedBy", ${iso('a.created_at')} as "createdAt", a.created_at::text as at`;

/** Each artwork with its order, its line, its file, and the job that makes its pictures while they are not there. */
export const ARTWORK_FROM = `from artwork a join customer_order o on o.id = a.order_id
  join artwork_file f on f.id = a.file_id
  left join order_line l on l.id = a.order_line_id left join job j on j.id = f.job_id and f.state = 'waiting'
  left join app_user u on u.id = a.uploaded_by left join app_user d on d.id = a.decided_by`;

/** The present version of what was not removed: the condition of the lists' indexes. */
export const PRESENT = 'a.superseded_at is null and a.removed_at is null';

/** `pictures`: where pictures are served, our own root ('') or the CDN's. */
export function toArtworkRow(
  { at: _at, rendition, proofHash, proofWidth, proofHeight, ...row }: ArtworkRecord,
  pictures: string,
): ArtworkRow {
  const { width, height } = row.file;
  const picture = (name: 'thumb' | 'preview' | 'full'): Picture | null =>
    rendition && width && height
      ? { url: `${pictures}/pictures/${rendition}/${name}`, ...renditionSize(name, { width, height }) }
      : null;
  const proof =
    proofHash && proofWidth && proofHeight
      ? { url: `${pictures}/pictures/${proofHash}/proof`, width: proofWidth, height: proofHeight }
      : null;
  return { ...row, thumb: picture('thumb'), preview: picture('preview'), full: picture('full'), proof };
}
