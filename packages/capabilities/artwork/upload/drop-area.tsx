import { cx } from '@windlass/ui/cx';
import { type ReactNode, useState } from 'react';
import { readDroppedFiles } from './read-dropped-files.ts';

/** A part of the page that takes files and folders, and shows where they would go. */
export function DropArea({
  onFiles,
  className,
  overClassName = 'bg-accent-soft outline-2 outline-offset-4 outline-accent',
  children,
}: {
  onFiles: (files: File[]) => void;
  className?: string;
  /** While files are held over it. */
  overClassName?: string;
  children: ReactNode;
}) {
  const [over, setOver] = useState(false);
  return (
    <div
      onDragOver={(event) => {
        if (!event.dataTransfer.types.includes('Files')) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={(event) => !event.currentTarget.contains(event.relatedTarget as Node | null) && setOver(false)}
      onDrop={(event) => {
        event.preventDefault(); // the page around it leaves it alone
        setOver(false);
        void readDroppedFiles(event.dataTransfer).then((files) => files.length > 0 && onFiles(files));
      }}
      className={cx('rounded-lg', className, over && overClassName)}
    >
      {children}
    </div>
  );
}
