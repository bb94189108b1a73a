import { useDocumentTitle } from '@windlass/ui/use-document-title';
import type { FormEvent, ReactNode } from 'react';

/** A form in the middle of the page, for whoever is not signed in. */
export function SignedOutFrame({
  title,
  onSubmit,
  children,
}: {
  title: string;
  onSubmit: () => void;
  children: ReactNode;
}) {
  useDocumentTitle(title);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onSubmit();
  };
  return (
    <main className="grid min-h-dvh place-items-center bg-sunken p-4">
      <form onSubmit={submit} className="flex w-full max-w-90 flex-col gap-4 rounded-md border bg-canvas p-6">
        <h1 className="text-xl font-semibold tracking-tight">{title}</h1>
        {children}
      </form>
    </main>
  );
}
