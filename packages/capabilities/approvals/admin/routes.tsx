import type { AdminPart } from '../../kit/screen.ts';

/** Approvals have no screen of their own: an order is decided where it is seen. */
export const adminPart: AdminPart = { screens: [], rail: [], staleAfter: () => [] };
