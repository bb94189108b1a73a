import {
  Activity,
  Boxes,
  CalendarDays,
  House,
  Image,
  Layers,
  Mail,
  PackageCheck,
  Search,
  Settings,
  ShoppingBag,
  UserRound,
} from 'lucide-react';
import { useState } from 'react';
import { AppShell } from '../src/app-shell.tsx';
import { PageHeader } from '../src/page-header.tsx';
import { Button } from '../src/button.tsx';
import { CommandPalette } from '../src/command-palette.tsx';
import { IconButton } from '../src/icon-button.tsx';
import { Kbd } from '../src/kbd.tsx';
import { Menu } from '../src/menu.tsx';
import { ShortcutsHelp } from '../src/shortcuts-help.tsx';
import { ThemeMenu } from '../src/theme-menu.tsx';
import { Toaster } from '../src/toast.tsx';
import { Feedback } from './feedback.tsx';
import { Forms } from './forms.tsx';
import { Orders } from './orders.tsx';
import { Overlays } from './overlays.tsx';
import { renderLink } from './render-link.tsx';
import { Status } from './status.tsx';

const items = [
  { label: 'Overview', to: '#overview', icon: <House size={16} /> },
  { label: 'Orders', to: '#orders', icon: <ShoppingBag size={16} />, count: 3, current: true },
  { label: 'Deliveries', to: '#deliveries', icon: <Mail size={16} />, count: 12 },
  { label: 'Events', to: '#events', icon: <CalendarDays size={16} /> },
  { label: 'Artwork', to: '#artwork', icon: <Image size={16} />, count: 1204 },
  { label: 'Imports', to: '#imports', icon: <Boxes size={16} /> },
  { label: 'Fulfilment', to: '#fulfilment', icon: <PackageCheck size={16} /> },
  { label: 'Renders', to: '#renders', icon: <Layers size={16} /> },
  { label: 'Jobs', to: '#jobs', icon: <Activity size={16} />, count: 2 },
  { label: 'Settings', to: '#settings', icon: <Settings size={16} /> },
];

export function Gallery() {
  const [searching, setSearching] = useState(false);
  const goTo = items.map(({ label, to, icon }) => ({
    label,
    icon,
    run: () => {
      location.hash = to;
    },
  }));
  return (
    <AppShell
      name="Windlass"
      items={items}
      renderLink={renderLink}
      search={
        <Button
          onClick={() => setSearching(true)}
          className="sm:w-64 [&>span]:w-full"
          icon={<Search aria-hidden size={14} />}
        >
          <span className="flex-1 text-left font-normal text-muted max-sm:sr-only">Search</span>
          <span aria-hidden className="max-sm:hidden">
            <Kbd keys="mod+k" />
          </span>
        </Button>
      }
      tools={
        <>
          <ThemeMenu />
          <Menu
            trigger={<IconButton label="Mara Lind" side="bottom" icon={<UserRound aria-hidden size={16} />} />}
            groups={[[{ label: 'Your account', run: () => {} }], [{ label: 'Sign out', run: () => {}, danger: true }]]}
          />
        </>
      }
    >
      <PageHeader
        title="Orders"
        answer="3 orders wait for you"
        actions={
          <>
            <Button>Import CSV</Button>
            <Button variant="primary" kbd="n">
              New order
            </Button>
          </>
        }
      />
      <Orders />
      <Status />
      <Forms />
      <Feedback />
      <Overlays />
      <Toaster />
      <ShortcutsHelp />
      <CommandPalette
        open={searching}
        onOpenChange={setSearching}
        groups={[
          {
            label: 'Do',
            actions: [{ label: 'Approve 12 orders', hint: 'Waiting', kbd: 'a', keywords: ['accept'], run: () => {} }],
          },
          { label: 'Go to', actions: goTo },
        ]}
      />
    </AppShell>
  );
}
