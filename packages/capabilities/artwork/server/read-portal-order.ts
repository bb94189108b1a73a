import type { ServerServices } from '../../kit/server-context.ts';
import { MOST_BYTES } from '../contract.ts';
import type { PortalOrder } from '../portal-contract.ts';
import { ARTWORK_FROM, ARTWORK_ROW, type ArtworkRecord, PRESENT, toArtworkRow } from './artwork-row.ts';
import type { OpenedLink } from './find-customer-link.ts';

const LINES = `select id, position, title, quantity,
    json_build_object('method', decoration_method, 'location', decoration_location, 'size',
      decoration_size) as decoration
  from order_line where order_id = $1 order by position`;
const ARTWORKS = `select ${ARTWORK_ROW} ${ARTWORK_FROM}
  where a.order_id = $1 and ${PRESENT} order by a.created_at, a.id`;

/** The order as its customer sees it: what to decorate, and what they have sent. */
export async function readPortalOrder({ database, settings }: ServerServices, link: OpenedLink): Promise<PortalOrder> {
  const [lines, records] = await Promise.all([
    database.sql.rows<PortalOrder['lines'][number]>('portal-order-lines', LINES, [link.orderId]),
    database.sql.rows<ArtworkRecord>('portal-artworks', ARTWORKS, [link.orderId]),
  ]);
  const artworks = records.map((record) => {
    const { id, line, name, version, state, note, file, thumb, preview, proof, createdAt } = toArtworkRow(
      record,
      settings.pictures,
    );
    return { id, lineId: line?.id ?? null, name, version, state, note, file, thumb, preview, proof, createdAt };
  });
  return {
    shopName: link.shopName,
    orderNumber: link.orderNumber,
    customerName: link.customerName,
    expiresAt: link.expiresAt.toISOString(),
    lines,
    artworks,
    mostBytes: MOST_BYTES,
  };
}
