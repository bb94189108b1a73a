import { Monitor, Moon, Sun } from 'lucide-react';
import { IconButton } from './icon-button.tsx';
import { Menu } from './menu.tsx';
import { useTheme } from './theme.tsx';
import type { Theme } from './theme.tsx';

const choices: { theme: Theme; label: string; Icon: typeof Sun }[] = [
  { theme: 'light', label: 'Light', Icon: Sun },
  { theme: 'dark', label: 'Dark', Icon: Moon },
  { theme: 'system', label: 'Same as device', Icon: Monitor },
];

/** Chooses light, dark or the system's theme. */
export function ThemeMenu() {
  const { theme, setTheme } = useTheme();
  const { Icon } = choices.find((choice) => choice.theme === theme) ?? choices[2]!;
  return (
    <Menu
      trigger={<IconButton label="Theme" side="bottom" icon={<Icon aria-hidden size={16} />} />}
      groups={[
        choices.map((choice) => ({
          label: choice.label,
          icon: <choice.Icon size={14} />,
          chosen: choice.theme === theme,
          run: () => setTheme(choice.theme),
        })),
      ]}
    />
  );
}
