import type { LinkState } from './contract.ts';

export type LinkFacts = { expired: boolean; revoked: boolean; downloads: number; maxDownloads: number };

/** Why a link no longer opens, the strongest reason first. */
export function stateOfLink(link: LinkFacts): LinkState {
  if (link.revoked) return 'revoked';
  if (link.expired) return 'expired';
  if (link.downloads >= link.maxDownloads) return 'used_up';
  return 'active';
}
