import { StatusChip } from '../src/status-chip.tsx';
import { useState } from 'react';
import { Button } from '../src/button.tsx';
import { CodeBlock } from '../src/code-block.tsx';
import { ConnectionLine } from '../src/connection-line.tsx';
import { KeyValues } from '../src/key-values.tsx';
import { LiveCell } from '../src/live-cell.tsx';
import { Progress } from '../src/progress.tsx';
import { Sparkline } from '../src/sparkline.tsx';
import { OrderTimeline } from './order-timeline.tsx';
import { Section, States } from './section.tsx';

const perMinute = [4, 6, 5, 9, 14, 12, 18, 22, 20, 31, 42, 38, 24, 20, 12, 9];

export function Status() {
  const [delivered, setDelivered] = useState(312);
  const [connected, setConnected] = useState(true);
  return (
    <>
      <Section title="Status chips">
        <States>
          <StatusChip tone="neutral" icon="circle" label="Scheduled" />
          <StatusChip tone="neutral" icon="clock" label="Queued" />
          <StatusChip tone="neutral" icon="pause" label="Sends in 7 s" spoken="Sends when the time to undo is over" />
          <StatusChip tone="neutral" icon="ban" label="Cancelled" />
          <StatusChip tone="info" icon="arrow" label="Sending" moving />
          <StatusChip tone="success" icon="check" label="Sent" />
          <StatusChip tone="success" icon="check-double" label="Delivered" />
          <StatusChip tone="warning" icon="alert" label="Degraded" />
          <StatusChip tone="warning" icon="question" label="Uncertain" />
          <StatusChip tone="danger" icon="cross" label="Failed" />
        </States>
      </Section>
      <Section title="Progress">
        <div className="grid gap-x-10 gap-y-5 sm:grid-cols-2 xl:grid-cols-3">
          <Progress value={0.35} label="Fetching pictures" count="5/14" />
          <Progress value={null} label="Reading the supplier's page" />
          <Progress value={0.2} label="Fetching" waiting="waiting, 4th in line, about 2 min" />
          <Progress value={1} label="Still sealing the bundle" count="14/14" />
          <Progress value={1} done label="Imported" count="14/14" tone="success" />
          <Progress value={0.7} done label="12 of 14 imported" tone="warning" />
        </div>
      </Section>
      <Section title="Live">
        <ConnectionLine connected={connected} />
        <States>
          <span>
            Approving 1,000: <LiveCell value={delivered} /> delivered, 2 failed
          </span>
          <Button size="sm" onClick={() => setDelivered(delivered + 1)}>
            One more
          </Button>
          <Button size="sm" onClick={() => setConnected(!connected)}>
            {connected ? 'Disconnect' : 'Connect'}
          </Button>
          <Sparkline values={perMinute} label="Jobs per minute in the last quarter of an hour, highest 42" />
        </States>
      </Section>
      <Section title="Facts and conversations">
        <div className="grid items-start gap-8 xl:grid-cols-2">
          <KeyValues
            items={[
              { label: 'Channel', value: 'E-mail' },
              { label: 'To', value: 'orders@harbour-press.example' },
              { label: 'Accepted', value: '12 Mar 2026, 14:03' },
              { label: 'Read', value: null },
            ]}
          />
          <CodeBlock
            label="Conversation with mx.harbour-press.example"
            lines={[
              { from: 'server', text: '220 mx.harbour-press.example ESMTP' },
              { from: 'client', text: 'EHLO windlass.example' },
              { from: 'server', text: '250-mx.harbour-press.example greets windlass.example' },
              { from: 'client', text: 'RCPT TO:<orders@harbour-press.example>' },
              {
                from: 'server',
                text: "452 4.2.2 The recipient's mailbox is over its storage limit; see https://example.org/full",
              },
              { from: 'note', text: 'The connection was closed after 840 ms.' },
            ]}
          />
        </div>
      </Section>
      <Section title="Timeline">
        <div className="max-w-2xl">
          <OrderTimeline />
        </div>
      </Section>
    </>
  );
}
