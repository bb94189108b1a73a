import { Button, buttonClass } from '@windlass/ui/button';
import { cx } from '@windlass/ui/cx';
import { Cell, HeadCell, Row, Table, TableBody, TableHead } from '@windlass/ui/data-table';
import { FailureNote } from '@windlass/ui/failure-note';
import { FileUp } from 'lucide-react';
import { type DragEvent, useRef, useState } from 'react';
import { csvColumns } from '../csv/columns.ts';

/** Where a file is dropped or chosen, why the last one was not read, and what a file may say. */
export function FileDrop({ onFile, refusal }: { onFile: (file: File) => void; refusal: string | undefined }) {
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const take = (files: FileList | null) => {
    if (files?.[0]) onFile(files[0]);
    // The same file again, mended meanwhile, is a choice too.
    if (input.current) input.current.value = '';
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    take(event.dataTransfer.files);
  };
  return (
    <div className="flex flex-col gap-8 pb-8">
      <div className="flex flex-col gap-3">
        {refusal && (
          <FailureNote
            sentence="This file could not be read. Nothing was written."
            cause={refusal}
            action={
              <Button size="sm" onClick={() => input.current?.click()}>
                Choose another file
              </Button>
            }
          />
        )}
        <div
          onDragOver={(event) => {
            event.preventDefault();
            setOver(true);
          }}
          onDragLeave={() => setOver(false)}
          onDrop={drop}
          className={cx(
            'flex flex-col items-center gap-3 rounded-lg border border-dashed px-4 py-10 text-center',
            over ? 'border-accent bg-accent-soft' : 'border-edge',
          )}
        >
          <FileUp aria-hidden size={20} className="text-muted" />
          <p className="font-medium">Drop a CSV file here</p>
          <p className="max-w-md text-sm text-pretty text-muted">
            Up to 50,000 lines and 10 MB. Comma, semicolon or tab; UTF-8, UTF-16 or an old Windows encoding. Exports of
            Shopify, WooCommerce, Etsy, eBay and Amazon are read as they are; of other files you say which column is
            which.
          </p>
          <div className="flex flex-wrap justify-center gap-2">
            <Button variant="primary" onClick={() => input.current?.click()}>
              Choose a file
            </Button>
            <a href="/orders/template.csv" download className={buttonClass({})}>
              Download the template
            </a>
          </div>
          <input
            ref={input}
            type="file"
            accept=".csv,.tsv,.txt,text/csv"
            aria-label="CSV file"
            tabIndex={-1}
            className="sr-only"
            onChange={(event) => take(event.target.files)}
          />
        </div>
      </div>
      <section className="flex flex-col gap-2">
        <h2 className="text-xs font-medium text-muted">Columns, in any order</h2>
        <Table caption="Columns of the file">
          <TableHead>
            <HeadCell className="w-36">Column</HeadCell>
            <HeadCell className="w-28">Needed</HeadCell>
            <HeadCell>What it says</HeadCell>
          </TableHead>
          <TableBody>
            {csvColumns.map(({ name, needed, words }) => (
              <Row key={name}>
                <Cell card="title" className="font-mono text-xs">
                  {name}
                </Cell>
                <Cell card="side" className="text-muted">
                  {needed ? 'needed' : 'optional'}
                </Cell>
                <Cell card="sub" className="py-1.5">
                  {words}
                </Cell>
              </Row>
            ))}
          </TableBody>
        </Table>
      </section>
    </div>
  );
}
