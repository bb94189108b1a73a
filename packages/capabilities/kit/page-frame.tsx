import type { ReactNode } from 'react';

/** One calm column, with the browser's title. */
export const PageFrame = ({ title, children }: { title: string; children: ReactNode }) => (
  <main className="mx-auto flex min-h-dvh max-w-3xl flex-col gap-6 px-4 py-8 sm:py-12">
    <title>{title}</title>
    {children}
  </main>
);
