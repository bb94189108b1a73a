import { useState } from 'react';
import { ArtworkPage } from './artwork-page.tsx';
import { createPortalApi } from './portal-api.ts';

/** Names the order in this browser's memory, and opens nothing. */
const SCOPE_LETTERS = 12;

/** What a customer's artwork link opens. */
export function OrderPage({ token }: { token: string }) {
  const [api] = useState(() => createPortalApi(token));
  return <ArtworkPage api={api} scope={token.slice(0, SCOPE_LETTERS)} />;
}
