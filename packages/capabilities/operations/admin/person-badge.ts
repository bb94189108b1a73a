import type { Role } from '@windlass/auth/roles';
import { roles } from '@windlass/auth/roles';
import type { StatusBadge } from '@windlass/ui/status-chip';
import type { PersonStatus } from '../contract.ts';

const words: Record<Role, string> = { viewer: 'Viewer: looks', operator: 'Operator: decides', admin: 'Admin: manages' };
export const roleOptions = roles.map((role) => ({ value: role, label: words[role] }));

/** How somebody stands with the shop: the one map. */
export const personLooks: Record<PersonStatus, StatusBadge> = {
  invited: { tone: 'info', icon: 'clock', label: 'Invited' },
  active: { tone: 'success', icon: 'check', label: 'Active' },
  disabled: { tone: 'neutral', icon: 'ban', label: 'Disabled' },
};
