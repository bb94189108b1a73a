import { Button } from '@windlass/ui/button';
import { Cell, HeadCell, Row, Table, TableBody, TableHead } from '@windlass/ui/data-table';
import { formatBytes, formatCount, formatCountOf, formatDay, formatMoney } from '@windlass/ui/format';
import { KeyValues } from '@windlass/ui/key-values';
import { StatusChip } from '@windlass/ui/status-chip';
import type { ReactNode } from 'react';
import type { ImportFault, OrderImport } from '../intake-contract.ts';

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="flex min-w-0 flex-col gap-2">
      <h2 className="text-xs font-medium text-muted">{title}</h2>
      {children}
    </section>
  );
}

/** What was read, and how. `change` opens the choice of its columns. */
export function ImportFile({ report, change }: { report: OrderImport; change: () => void }) {
  const known = report.orderCount - report.newCount;
  return (
    <Part title="File">
      <KeyValues
        items={[
          { label: 'Name', value: `${report.fileName}, ${formatBytes(report.sizeBytes)}` },
          {
            label: 'Read as',
            value:
              report.encoding === 'Windows-1252'
                ? 'Windows-1252, an old encoding: look at the names below'
                : report.encoding,
          },
          {
            label: 'Holds',
            value: `${formatCountOf(report.lineCount, 'line')}, ${formatCountOf(report.orderCount + report.faultyOrders, 'order')}`,
          },
          ...(known > 0
            ? [{ label: 'There already', value: `${formatCountOf(known, 'order')} by reference: left alone` }]
            : []),
          ...(report.canChoose || report.columnsChosen
            ? [{ label: 'Columns', value: <ReadColumns report={report} change={change} /> }]
            : []),
          ...(report.leftOut.length > 0
            ? [
                {
                  label: 'Not read',
                  value: `the ${report.leftOut.length === 1 ? 'column' : 'columns'} ${report.leftOut.join(', ')}`,
                },
              ]
            : []),
        ]}
      />
    </Part>
  );
}

function ReadColumns({ report, change }: { report: OrderImport; change: () => void }) {
  const { columnsChosen: chosen, canChoose } = report;
  const who = chosen?.byMe ? 'you' : chosen?.by;
  const words = chosen
    ? `Read with the columns ${who} chose on ${formatDay(new Date(chosen.at))}`
    : 'Read by their names';
  return (
    <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
      {words}
      {canChoose && (
        <Button size="sm" onClick={change}>
          Change columns
        </Button>
      )}
    </span>
  );
}

function ByLine({ caption, what, list }: { caption: string; what: string; list: readonly ImportFault[] }) {
  return (
    <Table caption={caption}>
      <TableHead>
        <HeadCell numeric className="w-20">
          Line
        </HeadCell>
        <HeadCell className="w-32">Column</HeadCell>
        <HeadCell>{what}</HeadCell>
      </TableHead>
      <TableBody>
        {list.map(({ line, column, sentence }, i) => (
          <Row key={i}>
            <Cell card="title" numeric>
              <span className="sm:hidden">Line </span>
              {formatCount(line)}
            </Cell>
            <Cell card="side" className="font-mono text-xs">
              {column ?? <span className="font-sans text-muted">whole line</span>}
            </Cell>
            <Cell card="sub" className="py-1.5">
              {sentence}
            </Cell>
          </Row>
        ))}
      </TableBody>
    </Table>
  );
}

/** What is wrong, by line: the first hundred, and how many there are. */
export function ImportFaults({ report }: { report: OrderImport }) {
  const { faults, faultCount } = report;
  return (
    <Part
      title={
        faultCount > faults.length
          ? `Faults: the first ${formatCount(faults.length)} of ${formatCount(faultCount)}`
          : 'Faults'
      }
    >
      <p className="text-sm text-pretty">
        Mend the file and choose it again, or import the orders without a fault and leave the others out.
      </p>
      <ByLine caption="Faults by line" what="What is wrong" list={faults} />
    </Part>
  );
}

/** What is imported as it is, and may not be what was meant. */
export function ImportRemarks({ report }: { report: OrderImport }) {
  return (
    <Part title="Worth a look">
      <ByLine caption="Remarks by line" what="What stands out" list={report.remarks} />
    </Part>
  );
}

/** The first orders as they would be written: somebody who sees garbled names stops here. */
export function ImportPreview({ report }: { report: OrderImport }) {
  const { preview, orderCount } = report;
  return (
    <Part
      title={
        orderCount > preview.length
          ? `The first ${preview.length} of ${formatCountOf(orderCount, 'order')}`
          : 'As they will be'
      }
    >
      <Table caption="The first orders of the file">
        <TableHead>
          <HeadCell className="w-1/6">Reference</HeadCell>
          <HeadCell className="w-1/4">Customer</HeadCell>
          <HeadCell className="w-1/4" hideBelow="lg">
            E-mail
          </HeadCell>
          <HeadCell hideBelow="md">Lines</HeadCell>
          <HeadCell numeric>Total</HeadCell>
          <HeadCell className="w-40">State</HeadCell>
        </TableHead>
        <TableBody>
          {preview.map((order) => (
            <Row key={order.reference}>
              <Cell card="title" clip>
                {order.reference}
              </Cell>
              <Cell card="sub" clip>
                {order.customerName}
              </Cell>
              <Cell card="sub" clip hideBelow="lg" className="text-muted">
                {order.customerEmail}
              </Cell>
              <Cell label="Lines" hideBelow="md">
                {formatCountOf(order.lineCount, 'line')}, {order.bundleCount} with a bundle
              </Cell>
              <Cell label="Total" numeric>
                {formatMoney(order.totalMinor, order.currency)}
              </Cell>
              <Cell card="side">
                <StatusChip
                  {...(order.known
                    ? { tone: 'neutral' as const, icon: 'check' as const, label: 'There already' }
                    : { tone: 'info' as const, icon: 'circle' as const, label: 'New' })}
                />
              </Cell>
            </Row>
          ))}
        </TableBody>
      </Table>
    </Part>
  );
}
