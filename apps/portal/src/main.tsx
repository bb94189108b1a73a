import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { LinkEnded } from '@windlass/capabilities/kit/link-ended';
import { StrictMode, Suspense } from 'react';
import { createRoot } from 'react-dom/client';
import './app.css';
import { plugList } from './plugs.ts';

/** /<prefix>/<token> */
const [, prefix, token = ''] = location.pathname.split('/');
const page = plugList.flatMap(({ pages }) => pages).find((one) => one.prefix === prefix);
const queryClient = new QueryClient();

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <QueryClientProvider client={queryClient}>
      <Suspense>
        {page ? (
          <page.Page token={token} />
        ) : (
          <LinkEnded title="Nothing here" sentence="Ask the shop for a new link." />
        )}
      </Suspense>
    </QueryClientProvider>
  </StrictMode>,
);
