import type { Preview } from '../../kit/compose-message.ts';
import { readOrderFacts, renderBundleLinks } from '../messages/bundle-links.ts';

export const previewBundleLinks: Preview = async (sql, delivery, publicUrl) => {
  const [order] = await readOrderFacts(sql, [delivery]);
  return renderBundleLinks(
    order!,
    order!.bundles.map(({ name, sizeBytes, ready }) => ({ name, sizeBytes, url: ready ? `${publicUrl}/d/…` : null })),
  );
};
