import { Button } from '@windlass/ui/button';
import { Popover } from '@windlass/ui/popover';
import { TextField } from '@windlass/ui/text-field';
import { type ReactElement, useState } from 'react';
import type { DateRange } from './date-range.ts';
import { dayChoices } from './describe-range.ts';

export type DatePanelProps = {
  what: string;
  trigger: ReactElement;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  range: DateRange;
  onChange: (range: DateRange) => void;
};

/** Today, the last days, or from one day to another. */
export function DatePanel({ what, trigger, open, onOpenChange, range, onChange }: DatePanelProps) {
  const choose = (chosen: Partial<DateRange>) => {
    onChange({ days: undefined, from: undefined, to: undefined, ...chosen });
    onOpenChange(false);
  };
  return (
    <Popover trigger={trigger} title={what} align="end" open={open} onOpenChange={onOpenChange}>
      <div className="flex flex-wrap gap-2">
        {Object.entries(dayChoices).map(([days, words]) => (
          <Button
            key={days}
            size="sm"
            className="aria-pressed:border-accent aria-pressed:bg-accent-soft"
            aria-pressed={range.days === days}
            onClick={() => choose({ days })}
          >
            {words}
          </Button>
        ))}
      </div>
      <OwnDates range={range} onChoose={choose} />
      <p className="text-xs text-pretty text-muted">
        {`Days begin at midnight where you are (${Intl.DateTimeFormat().resolvedOptions().timeZone}).`}
      </p>
    </Popover>
  );
}

function OwnDates({ range, onChoose }: { range: DateRange; onChoose: (range: Partial<DateRange>) => void }) {
  const [from, setFrom] = useState(range.from ?? '');
  const [to, setTo] = useState(range.to ?? '');
  return (
    <form
      className="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        onChoose({ from: from || undefined, to: to || undefined });
      }}
    >
      <TextField label="From" type="date" value={from} max={to} onChange={(event) => setFrom(event.target.value)} />
      <TextField label="To" type="date" value={to} min={from} onChange={(event) => setTo(event.target.value)} />
      <Button type="submit" variant="primary">
        Show these days
      </Button>
    </form>
  );
}
