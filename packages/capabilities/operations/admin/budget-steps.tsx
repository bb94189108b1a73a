import { Cell, HeadCell, Row, Table, TableBody, TableHead } from '@windlass/ui/data-table';
import { formatDuration } from '@windlass/ui/format';
import { Hinted } from '@windlass/ui/hinted';
import { StatusChip } from '@windlass/ui/status-chip';
import type { Measures } from '../contract.ts';
import { type Budget, budgetBadge, PERCENTILES, describeFigures, describeVerdict, time } from './budget-words.ts';

/** Each step with its budget and what the last day took. A phone reads the figures as a sentence. */
export function BudgetSteps({ budgets }: { budgets: readonly Budget[] }) {
  return (
    <Table caption="Steps and their budgets">
      <TableHead>
        <HeadCell className="w-2/5">Step</HeadCell>
        <HeadCell numeric>Budget</HeadCell>
        <HeadCell numeric>
          <Hinted hint={PERCENTILES.p50}>p50</Hinted>
        </HeadCell>
        <HeadCell numeric>
          <Hinted hint={PERCENTILES.p95}>p95</Hinted>
        </HeadCell>
        <HeadCell numeric hideBelow="lg">
          Slowest
        </HeadCell>
        <HeadCell className="w-32 pl-6">Verdict</HeadCell>
        <HeadCell hideBelow="lg">Before Windlass</HeadCell>
      </TableHead>
      <TableBody>
        {budgets.map((row) => (
          <Row key={row.name}>
            <Cell card="title" clip title={row.title}>
              {row.title}
            </Cell>
            <Cell card="sub" className="text-muted sm:hidden">
              {describeFigures(row)}
            </Cell>
            <Cell label="Budget" numeric>
              {formatDuration(row.budgetMs)}
            </Cell>
            <Cell card="none" numeric>
              {time(row.p50)}
            </Cell>
            <Cell card="none" numeric>
              {time(row.p95)}
            </Cell>
            <Cell label="Slowest" numeric hideBelow="lg">
              {time(row.worst)}
            </Cell>
            <Cell card="side" className="sm:pl-6">
              <Hinted plain hint={describeVerdict(row)}>
                <StatusChip {...budgetBadge(row)} />
              </Hinted>
            </Cell>
            <Cell label="Before Windlass" hideBelow="lg" className="whitespace-nowrap text-muted">
              {row.before ?? '–'}
            </Cell>
          </Row>
        ))}
      </TableBody>
    </Table>
  );
}

/** What used to take time and is not done any more. */
export function RemovedSteps({ steps }: { steps: Measures['removedSteps'] }) {
  return (
    <Table caption="Steps that are gone">
      <TableHead>
        <HeadCell className="w-2/5">Step</HeadCell>
        <HeadCell className="w-36">Before Windlass</HeadCell>
        <HeadCell>Now</HeadCell>
      </TableHead>
      <TableBody>
        {steps.map((row) => (
          <Row key={row.title}>
            <Cell card="title" clip title={row.title}>
              {row.title}
            </Cell>
            <Cell label="Before Windlass" className="whitespace-nowrap text-muted">
              {row.before}
            </Cell>
            <Cell card="sub" clip title={row.instead} className="text-muted">
              {row.instead}
            </Cell>
          </Row>
        ))}
      </TableBody>
    </Table>
  );
}
