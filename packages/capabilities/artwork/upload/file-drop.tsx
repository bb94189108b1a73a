import { ImageUp } from 'lucide-react';
import { ChooseFiles } from './choose-files.tsx';
import { DropArea } from './drop-area.tsx';

/** Where files are dropped or chosen, any number at once. */
export function FileDrop({ label, hint, onFiles }: { label: string; hint: string; onFiles: (files: File[]) => void }) {
  return (
    <DropArea
      onFiles={onFiles}
      className="flex flex-col items-center gap-2 border border-dashed border-edge px-4 py-8 text-center"
      overClassName="border-accent bg-accent-soft"
    >
      <ImageUp aria-hidden size={22} className="text-muted" />
      <p className="font-medium pointer-coarse:hidden">Drop files or folders here</p>
      <p className="max-w-md text-sm text-pretty text-muted">{hint}</p>
      <ChooseFiles variant="primary" label={label} onFiles={onFiles}>
        {label}
      </ChooseFiles>
    </DropArea>
  );
}
