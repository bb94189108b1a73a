import { EmptyState } from '@windlass/ui/empty-state';
import { Link2Off } from 'lucide-react';

/** A link that opens nothing: one sentence, and what to do. */
export const LinkEnded = ({ title, sentence }: { title: string; sentence: string }) => (
  <main className="mx-auto flex min-h-dvh max-w-3xl items-center justify-center">
    <h1 className="sr-only">{title}</h1>
    <EmptyState title="This link does not open anything" body={sentence} icon={<Link2Off size={24} />} />
  </main>
);
