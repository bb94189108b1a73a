import { Button, type ButtonProps } from '@windlass/ui/button';
import { useRef } from 'react';

/** What the file chooser offers first; whatever comes is looked at by its bytes. */
/** What a chooser offers first; it may be told to show all files, and what comes is looked at. */
const ACCEPT =
  'image/jpeg,image/png,image/webp,image/avif,image/tiff,application/pdf,.svg,.ai,.eps,.ps,.psd,.psb,.zip,.cdr,.afdesign,.afphoto,.afpub,.indd,.xcf,.dxf,.wmf,.emf,.dst,.pes,.pec,.vp3,.hus,.vip,.jef';

/** A button that opens the file chooser. */
export function ChooseFiles({
  label,
  purpose,
  onFiles,
  single = false,
  children,
  ...button
}: Pick<ButtonProps, 'size' | 'variant' | 'children'> & {
  /** Names the field that holds the files. */
  label: string;
  /** "for T-shirt, navy": said after the button's words to whoever does not see where it stands. */
  purpose?: string;
  onFiles: (files: File[]) => void;
  single?: boolean;
}) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <Button {...button} onClick={() => input.current?.click()}>
        {children}
        {purpose && <span className="sr-only"> {purpose}</span>}
      </Button>
      <input
        ref={input}
        type="file"
        multiple={!single}
        accept={ACCEPT}
        aria-label={label}
        tabIndex={-1}
        className="sr-only"
        onChange={({ target }) => {
          const files = [...(target.files ?? [])];
          // The same file again, mended meanwhile, is a choice too.
          target.value = '';
          if (files.length > 0) onFiles(files);
        }}
      />
    </>
  );
}
