import { QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import './app.css';
import { createApiClient, createQueryClient } from './api-client.ts';
import { App } from './app.tsx';

const queryClient = createQueryClient();
const apiClient = createApiClient();

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <QueryClientProvider client={queryClient}>
      <App apiClient={apiClient} queryClient={queryClient} />
    </QueryClientProvider>
  </StrictMode>,
);
