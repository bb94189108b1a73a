import { type TimelineWords, tells } from '../../kit/timeline-words.ts';
import {
  changedByShop,
  customerErased,
  emailCorrected,
  orderPlaced,
  type ShopChange,
  testSentAgain,
} from '../events.ts';
import { paymentBadge } from '../parts/shop-badge.ts';

const origins: Readonly<Record<string, string>> = {
  api: 'through the API',
  csv: 'from a file',
  shopify: 'from Shopify',
  woocommerce: 'from WooCommerce',
};

/** How what happened to the order itself reads on its timeline. */
export const timeline: TimelineWords = {
  words: [
    tells(orderPlaced, ({ source = '', remarks }) => ({
      title: 'Placed',
      actor: origins[source] ?? 'demo shop',
      ...(remarks && { aside: remarks.join(' ') }),
    })),
    tells(emailCorrected, ({ by, redirected = 0 }) => ({
      title: redirected > 0 ? 'E-mail address corrected, the mail goes there' : 'E-mail address corrected',
      actor: by,
    })),
    tells(changedByShop, (change) => ({
      title: describeShopChange(change),
      tone: change.cancelled ? 'danger' : 'warning',
      icon: change.cancelled ? 'cross' : 'alert',
      ...(change.unread && { aside: change.unread }),
    })),
    tells(testSentAgain, () => ({ title: 'The shop sent this test again' })),
    tells(customerErased, () => ({ title: 'Customer’s data erased', icon: 'ban' })),
  ],
};

/** "The shop changed this order after it was approved: cancelled, refunded" */
function describeShopChange({ status, payment, cancelled, draft, test, lines, unread }: Partial<ShopChange>): string {
  const said = [
    cancelled === true && 'cancelled',
    cancelled === false && 'no longer cancelled',
    payment && paymentBadge(payment).label.toLowerCase(),
    draft !== undefined && (draft ? 'a draft' : 'no longer a draft'),
    test === true && 'a test',
    lines && (status === 'waiting' ? 'other lines' : 'other lines, which are not taken over'),
    unread && 'lines that could not be read',
  ].filter(Boolean);
  return `The shop changed this order${status === 'waiting' ? '' : ` after it was ${status}`}: ${said.join(', ')}`;
}
