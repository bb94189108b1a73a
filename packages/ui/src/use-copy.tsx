import { useEffect, useState } from 'react';
import { copyText } from './copy-text.tsx';

/** How long the outcome is shown, in milliseconds. */
const shownFor = 1_600;

/** Copies text, and holds for a moment whether the browser let it. */
export function useCopy(): { outcome: 'copied' | 'refused' | null; copy: (value: string) => void } {
  const [outcome, setOutcome] = useState<'copied' | 'refused' | null>(null);
  useEffect(() => {
    if (!outcome) return;
    const timer = setTimeout(() => setOutcome(null), shownFor);
    return () => clearTimeout(timer);
  }, [outcome]);
  const copy = (value: string): void => {
    copyText(value).then(
      () => setOutcome('copied'),
      () => setOutcome('refused'),
    );
  };
  return { outcome, copy };
}
