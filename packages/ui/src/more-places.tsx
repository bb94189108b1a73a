import { Dialog } from './dialog.tsx';
import type { RenderLink } from './link-style.tsx';
import { RailLink } from './rail-link.tsx';
import type { ShellItem } from './rail-link.tsx';

/** Every place of the rail, on a phone. */
export default function MorePlaces({
  items,
  renderLink,
  open,
  onOpenChange,
}: {
  items: readonly ShellItem[];
  renderLink: RenderLink;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}) {
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title="Go to">
      <ul className="-mx-2 flex flex-col">
        {items.map((item) => (
          <li key={item.to}>
            <RailLink item={item} renderLink={renderLink} onClick={() => onOpenChange(false)} />
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
