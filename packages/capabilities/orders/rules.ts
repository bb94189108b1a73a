import type { OrderStage, OrderTab } from './contract.ts';

/** The stages a tab shows; null: all. */
export function stagesOf(tab: OrderTab): readonly OrderStage[] | null {
  switch (tab) {
    case 'waiting':
      return ['waiting'];
    case 'approved':
      return ['moving'];
    case 'delivered':
      return ['delivered'];
    case 'problems':
      return ['problem'];
    case 'all':
      return null;
  }
}
