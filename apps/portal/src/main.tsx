import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import './app.css';
import { ArtworkPage } from './artwork-page.tsx';
import { createPortalApi } from './portal-api.ts';

/** /a/<token>: kept in memory from here on. */
const token = location.pathname.split('/')[2] ?? '';
const queryClient = new QueryClient();

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <QueryClientProvider client={queryClient}>
      <ArtworkPage api={createPortalApi(token)} scope={token.slice(0, 12)} />
    </QueryClientProvider>
  </StrictMode>,
);
