import { cx } from '@windlass/ui/cx';
import { linkStyle } from '@windlass/ui/link-style';
import { RelativeTime } from '@windlass/ui/relative-time';
import { RouterLink } from '../render-link.tsx';
import type { LabelledSubject } from '../subject.ts';
import type { Column } from './column.tsx';

/** What a row serves, as its owner calls it, and the way there. */
export const servesColumn: Column<{ serves: LabelledSubject | null }> = {
  head: 'For',
  width: 'w-32',
  bar: 'w-20',
  className: 'whitespace-nowrap',
  cell: ({ serves }) =>
    serves && (
      <RouterLink to={serves.to} className={cx(linkStyle, 'inline-block max-w-32 truncate align-bottom tabular-nums')}>
        {serves.label}
      </RouterLink>
    ),
};

export const createdColumn: Column<{ createdAt: string }> = {
  head: 'Created',
  width: 'w-28',
  bar: 'w-24',
  hideBelow: 'md',
  className: 'whitespace-nowrap text-muted',
  cell: ({ createdAt }) => <RelativeTime at={new Date(createdAt)} />,
};
