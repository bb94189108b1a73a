import { Button } from '@windlass/ui/button';
import { cx } from '@windlass/ui/cx';
import { ImageUp } from 'lucide-react';
import { type ReactNode, useRef, useState } from 'react';

/** What the file chooser offers first; whatever is dropped is looked at by its bytes. */
const ACCEPT = 'image/jpeg,image/png,image/webp,image/avif,image/tiff,application/pdf,.svg,.ai,.eps,.psd,.zip';

/** Where files are dropped or chosen, any number at once. `quiet`: only the button, until files are dragged over it. */
export function FileDrop({ label, hint, quiet = false, onFiles, children }: { label: string; hint?: string; quiet?: boolean; onFiles: (files: File[]) => void; children?: ReactNode }) {
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const take = (list: FileList | null) => {
    if (list && list.length > 0) onFiles([...list]);
    // The same file again, mended meanwhile, is a choice too.
    if (input.current) input.current.value = '';
  };
  const area = quiet ? 'rounded-lg' : 'flex flex-col items-center gap-2 rounded-lg border border-dashed px-4 py-8 text-center';
  return (
    <div
      onDragOver={(event) => {
        if (!event.dataTransfer.types.includes('Files')) return;
        event.preventDefault();
        event.stopPropagation();
        setOver(true);
      }}
      onDragLeave={(event) => !event.currentTarget.contains(event.relatedTarget as Node | null) && setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        event.stopPropagation();
        setOver(false);
        take(event.dataTransfer.files);
      }}
      className={cx(area, over ? 'border-accent bg-accent-soft outline-2 outline-accent' : !quiet && 'border-edge')}
    >
      {children}
      {!quiet && <ImageUp aria-hidden size={22} className="text-muted" />}
      {!quiet && <p className="font-medium">Drop files here</p>}
      {!quiet && hint && <p className="max-w-md text-sm text-pretty text-muted">{hint}</p>}
      <Button size={quiet ? 'sm' : 'md'} variant={quiet ? 'secondary' : 'primary'} onClick={() => input.current?.click()}>{label}</Button>
      <input ref={input} type="file" multiple accept={ACCEPT} aria-label={label} tabIndex={-1} className="sr-only" onChange={(event) => take(event.target.files)} />
    </div>
  );
}
