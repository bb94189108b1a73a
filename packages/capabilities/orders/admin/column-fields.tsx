import { Select } from '@windlass/ui/select';
import { TextField } from '@windlass/ui/text-field';
import { useId } from 'react';
import { type CsvColumn, csvColumns } from '../csv/columns.ts';
import type { ColumnChoice, ImportColumns } from '../intake-contract.ts';

/** No column is called so: names hold no space. */
const NONE = ' ';

type Props = {
  columns: ImportColumns['columns'];
  choice: ColumnChoice;
  onChange: (choice: ColumnChoice) => void;
  /** By field, as the server names them. */
  faults: Readonly<Record<string, string>>;
};

/** For each thing an order says, which column of the file says it, beside what the first lines have there. */
export function ColumnFields({ columns, choice, onChange, faults }: Props) {
  const options = columns.map(({ key, label }) => ({ value: key, label }));
  return (
    <ul aria-label="What the columns say" className="flex flex-col border-y">
      {csvColumns.map((column) => {
        const key = choice.columns[column.name];
        const isCurrency = column.name === 'currency';
        return (
          <ColumnField
            key={column.name}
            column={column}
            chosen={key}
            none={noneOf(column, choice)}
            options={options}
            samples={columns.find((one) => one.key === key)?.samples}
            onChange={(value) => onChange({ ...choice, columns: { ...choice.columns, [column.name]: value } })}
            error={faults[`choice.columns.${column.name}`]}
          >
            {isCurrency && key === null && (
              <TextField
                label="Currency of the whole file"
                hint="Three capital letters, such as EUR."
                autoComplete="off"
                maxLength={3}
                value={choice.currency ?? ''}
                onChange={(event) => onChange({ ...choice, currency: event.target.value.toUpperCase() || null })}
                {...(faults['choice.currency'] && { error: faults['choice.currency'] })}
              />
            )}
          </ColumnField>
        );
      })}
    </ul>
  );
}

/** What it says where no column is chosen. */
function noneOf({ name, needed }: CsvColumn, { columns }: ColumnChoice): string {
  if (name === 'currency') return 'One for the whole file';
  if (name === 'sku' && columns.title !== null) return 'None: what was bought is taken';
  return needed ? 'Choose a column' : 'Not in this file';
}

type FieldProps = {
  column: CsvColumn;
  chosen: string | null;
  none: string;
  options: { value: string; label: string }[];
  /** Undefined: none is chosen. */
  samples: readonly string[] | undefined;
  onChange: (key: string | null) => void;
  error: string | undefined;
  children: React.ReactNode;
};

function ColumnField({ column, chosen, none, options, samples, onChange, error, children }: FieldProps) {
  const id = useId();
  return (
    <li className="grid gap-x-6 gap-y-2 border-b py-3 last:border-b-0 sm:grid-cols-[minmax(0,18rem)_minmax(0,1fr)]">
      <div className="flex min-w-0 flex-col gap-2">
        <Select
          label={column.needed ? column.label : `${column.label} (optional)`}
          value={chosen ?? NONE}
          options={[{ value: NONE, label: none }, ...options]}
          onChange={(value) => onChange(value === NONE ? null : value)}
          describedBy={id}
          error={error}
        />
        {children}
      </div>
      <div id={id} className="flex min-w-0 flex-col gap-0.5 text-sm sm:pt-6">
        {samples ? (
          <>
            <span className="sr-only">
              {`In the first lines: ${samples.map((sample) => sample || 'empty').join(', ')}`}
            </span>
            {samples.map((sample, i) => (
              <span key={i} aria-hidden className={sample ? 'truncate' : 'text-muted'}>
                {sample || 'empty'}
              </span>
            ))}
          </>
        ) : (
          <span className="text-pretty text-muted">{column.words}</span>
        )}
      </div>
    </li>
  );
}
