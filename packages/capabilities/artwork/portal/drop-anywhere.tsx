import { readDroppedFiles } from '../upload/read-dropped-files.ts';
import { useEffect, useEffectEvent, useState } from 'react';

/** The whole window takes files: a drop beside the marked place must not open the file instead of the page. */
export function DropAnywhere({ onFiles }: { onFiles: (files: File[]) => void }) {
  const [over, setOver] = useState(false);
  const take = useEffectEvent(onFiles);
  useEffect(() => {
    let depth = 0;
    const holdsFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') === true;
    const enter = (event: DragEvent) => {
      if (holdsFiles(event) && ++depth === 1) setOver(true);
    };
    const leave = (event: DragEvent) => {
      if (holdsFiles(event) && --depth <= 0) {
        depth = 0;
        setOver(false);
      }
    };
    const hover = (event: DragEvent) => holdsFiles(event) && event.preventDefault();
    const drop = (event: DragEvent) => {
      depth = 0;
      setOver(false);
      if (!holdsFiles(event) || event.defaultPrevented) return;
      event.preventDefault();
      void readDroppedFiles(event.dataTransfer!).then((files) => files.length > 0 && take(files));
    };
    const pairs = [
      ['dragenter', enter],
      ['dragleave', leave],
      ['dragover', hover],
      ['drop', drop],
    ] as const;
    for (const [name, listener] of pairs) window.addEventListener(name, listener);
    return () => {
      for (const [name, listener] of pairs) window.removeEventListener(name, listener);
    };
  }, []);
  if (!over) return null;
  return (
    <div
      aria-hidden
      className="pointer-events-none fixed inset-2 z-50 flex items-end justify-center rounded-lg border-2 border-dashed border-accent bg-accent-soft/30 pb-10"
    >
      <p className="rounded-md bg-raised px-4 py-2 font-medium shadow-popover">Drop to send</p>
    </div>
  );
}
