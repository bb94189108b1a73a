import type { StatusBadge } from '@windlass/ui/status-chip';
import type { LinkState } from '../contract.ts';

export function linkBadge(state: LinkState): StatusBadge {
  switch (state) {
    case 'active':
      return { tone: 'success', icon: 'check', label: 'Active' };
    case 'expired':
      return { tone: 'neutral', icon: 'clock', label: 'Expired' };
    case 'revoked':
      return { tone: 'neutral', icon: 'ban', label: 'Revoked' };
    case 'used_up':
      return { tone: 'warning', icon: 'check-double', label: 'Used up' };
  }
}
