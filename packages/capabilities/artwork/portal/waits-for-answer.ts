import type { PortalArtwork } from '../portal-contract.ts';

/** The shop has asked, and there is something to look at: the proof, or a file that is kept without any picture. */
export const waitsForAnswer = ({ state, proof, file }: PortalArtwork): boolean =>
  state === 'sent' && (proof !== null || file.state === 'no_preview');
