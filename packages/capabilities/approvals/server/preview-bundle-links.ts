import type { Preview } from '../../kit/compose-message.ts';
import { readOrderedBundles, readOrderFacts, renderBundleLinks } from '../messages/bundle-links.ts';

export const previewBundleLinks: Preview = async (sql, delivery, publicUrl) => {
  const [order, bundles] = await Promise.all([
    readOrderFacts(sql, delivery),
    readOrderedBundles(sql, delivery.orderId),
  ]);
  return renderBundleLinks(
    order,
    bundles.map(({ name, sizeBytes, ready }) => ({ name, sizeBytes, url: ready ? `${publicUrl}/d/…` : null })),
  );
};
