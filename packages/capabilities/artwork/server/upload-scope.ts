import type { ServerServices } from '../../kit/server-context.ts';
import type { UploadRefusal } from './refuse-upload.ts';

/** Who sends artwork: a signed-in person to any order of the shop, or the customer, whose link opens one order. */
export type UploadScope = {
  services: ServerServices;
  shopId: string;
  /** Only uploads of this order may be touched; undefined: all of the shop's. */
  orderId: string | undefined;
  /** Null: the customer. */
  personId: string | null;
  /** The customer's link, whose day the upload counts for; null: a person's. */
  linkId: string | null;
  /** For the timeline. */
  by: string;
  requestId: string;
};

/** An upload on its way. */
export type OpenUpload = {
  id: string;
  shopId: string;
  orderId: string;
  orderLineId: string | null;
  replacesId: string | null;
  name: string;
  sizeBytes: number;
  objectKey: string;
  multipartId: string | null;
  state: 'open' | 'finished' | 'refused' | 'abandoned';
  artworkId: string | null;
  /** Where it was refused; null of one that an earlier release refused. */
  refusal: UploadRefusal | null;
};

const SELECT = `select id, shop_id as "shopId", order_id as "orderId", order_line_id as "orderLineId",
  replaces_id as "replacesId", name,
    size_bytes::float8 as "sizeBytes", object_key as "objectKey", multipart_id as "multipartId", state,
    artwork_id as "artworkId", refusal
  from artwork_upload where id = $1 and shop_id = $2 and ($3::text is null or order_id = $3)`;

/** The upload, if this sender may touch it. */
export const findUpload = (
  { services, shopId, orderId }: UploadScope,
  uploadId: string,
): Promise<OpenUpload | undefined> =>
  services.database.sql.row<OpenUpload>('find-artwork-upload', SELECT, [uploadId, shopId, orderId ?? null]);
