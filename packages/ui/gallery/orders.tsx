import { useState } from 'react';
import { Cell, HeadCell, Row, Table, TableBody, TableHead } from '../src/data-table.tsx';
import { Checkbox } from '../src/checkbox.tsx';
import { Drawer } from '../src/drawer.tsx';
import { Button } from '../src/button.tsx';
import { formatMoney } from '../src/format.tsx';
import { linkStyle } from '../src/link-style.tsx';
import { NewRowsBanner } from '../src/new-rows-banner.tsx';
import { Progress } from '../src/progress.tsx';
import { RelativeTime } from '../src/relative-time.tsx';
import { SearchInput } from '../src/search-input.tsx';
import { SelectionBar } from '../src/selection-bar.tsx';
import { StatusChip } from '../src/status-chip.tsx';
import { TabsWithCounts } from '../src/tabs-with-counts.tsx';
import { useShortcuts } from '../src/use-shortcuts.tsx';
import { renderLink } from './render-link.tsx';
import { orders } from './sample-orders.tsx';
import { OrderTimeline } from './order-timeline.tsx';

const tabs = [
  { key: 'waiting', label: 'Waiting for you', to: '#waiting', count: 3 },
  { key: 'approved', label: 'In progress', to: '#approved', count: 28 },
  { key: 'delivered', label: 'Sent', to: '#delivered', count: 1482 },
  { key: 'problems', label: 'Problems', to: '#problems', count: 1 },
  { key: 'all', label: 'All', to: '#all' },
];

export function Orders() {
  const [filter, setFilter] = useState('');
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set(['1042']));
  const [at, setAt] = useState(1);
  const [fresh, setFresh] = useState(4);
  const [open, setOpen] = useState<string | null>(null);
  const shown = orders.filter((order) => order.customer.toLowerCase().includes(filter.toLowerCase()));
  const current = shown[at];
  const toggle = (number: string) => {
    const next = new Set(selected);
    if (!next.delete(number)) next.add(number);
    setSelected(next);
  };
  useShortcuts('This list', [
    { keys: 'j', label: 'Next row', repeats: true, run: () => setAt(Math.min(shown.length - 1, at + 1)) },
    { keys: 'k', label: 'Row before', repeats: true, run: () => setAt(Math.max(0, at - 1)) },
    { keys: 'x', label: 'Select the row', when: Boolean(current), run: () => current && toggle(current.number) },
    { keys: 'enter', label: 'Open the row', when: Boolean(current), run: () => current && setOpen(current.number) },
  ]);

  return (
    <section aria-label="Orders" className="pb-8">
      <TabsWithCounts label="Orders by state" tabs={tabs} current="waiting" renderLink={renderLink} />
      <div className="flex items-center gap-2 py-3">
        <SearchInput label="Filter orders" value={filter} onChange={setFilter} />
      </div>
      <NewRowsBanner count={fresh} onShow={() => setFresh(0)} />
      <Table caption="Orders that wait">
        <TableHead>
          <HeadCell className="w-9">
            <Checkbox
              label="Select all"
              labelHidden
              checked={selected.size === shown.length}
              indeterminate={selected.size > 0 && selected.size < shown.length}
              onChange={(on) => setSelected(new Set(on ? shown.map((order) => order.number) : []))}
            />
          </HeadCell>
          <HeadCell>Order</HeadCell>
          <HeadCell className="w-2/5">Customer</HeadCell>
          <HeadCell numeric hideBelow="lg">
            Lines
          </HeadCell>
          <HeadCell numeric>Total</HeadCell>
          <HeadCell hideBelow="md">Placed</HeadCell>
          <HeadCell>Status</HeadCell>
        </TableHead>
        <TableBody>
          {shown.map((order, index) => (
            <Row
              key={order.number}
              focused={index === at}
              selected={selected.has(order.number)}
              onOpen={() => {
                setAt(index);
                setOpen(order.number);
              }}
            >
              <Cell card="box">
                <Checkbox
                  label={`Select order ${order.number}`}
                  labelHidden
                  checked={selected.has(order.number)}
                  onChange={() => toggle(order.number)}
                />
              </Cell>
              <Cell label="Order" card="title">
                <a href="#order" className={linkStyle}>
                  #{order.number}
                </a>
              </Cell>
              <Cell label="Customer" card="sub" clip title={order.customer}>
                {order.customer}
              </Cell>
              <Cell label="Lines" numeric hideBelow="lg" card="none">
                {order.lines}
              </Cell>
              <Cell label="Total" numeric>
                {formatMoney(order.total, 'USD')}
              </Cell>
              <Cell label="Placed" hideBelow="md" className="text-muted">
                <RelativeTime at={order.placed} />
              </Cell>
              <Cell label="Status" card="side" className="lg:w-80 lg:min-w-64">
                <span className="flex min-w-0 items-center gap-3">
                  <StatusChip {...order.look} />
                  {order.progress && (
                    <span className="min-w-0 flex-1 max-lg:hidden">
                      <Progress compact {...order.progress} />
                    </span>
                  )}
                </span>
              </Cell>
            </Row>
          ))}
        </TableBody>
      </Table>
      <SelectionBar count={selected.size} onClear={() => setSelected(new Set())}>
        <Button variant="primary" kbd="a">
          Approve {selected.size}
        </Button>
        <Button kbd="r">Reject</Button>
      </SelectionBar>
      <Drawer
        open={open !== null}
        onClose={() => setOpen(null)}
        title={`Order #${open ?? ''}`}
        status={<StatusChip tone="info" icon="arrow" label="Bundling" moving />}
        footer={
          <>
            <Button variant="primary" kbd="a">
              Approve
            </Button>
            <Button kbd="r">Reject</Button>
          </>
        }
      >
        <OrderTimeline />
      </Drawer>
    </section>
  );
}
