import { Inbox } from 'lucide-react';
import { Button } from '../src/button.tsx';
import { EmptyState } from '../src/empty-state.tsx';
import { ErrorState } from '../src/error-state.tsx';
import { FailureNote } from '../src/failure-note.tsx';
import { SkeletonRows } from '../src/skeleton.tsx';
import { Section } from './section.tsx';

export function Feedback() {
  return (
    <>
      <Section title="Failure, in place">
        <FailureNote
          sentence="2 imports failed: the supplier blocks us."
          cause="The supplier's page took longer than 30 seconds."
          fix="Try again in a few minutes, or paste the product by hand."
          action={<Button size="sm">Retry both</Button>}
        />
        <FailureNote
          tone="warning"
          sentence="We cannot tell whether this mail went out."
          cause="The connection broke after the message was handed over."
          action={
            <>
              <Button size="sm">Resend</Button>
              <Button size="sm" variant="quiet">
                It arrived
              </Button>
            </>
          }
        />
      </Section>
      <Section title="Empty">
        <EmptyState
          icon={<Inbox size={28} strokeWidth={1.5} />}
          title="No orders yet"
          body="Orders arrive from your shop's webhook, the API, or a CSV file. The first one appears here within a second."
          action={
            <>
              <Button variant="primary">Connect the shop</Button>
              <Button>Import CSV</Button>
            </>
          }
        />
      </Section>
      <Section title="Error">
        <ErrorState
          sentence="The orders could not be loaded."
          cause="The server did not answer within 10 seconds."
          fix="Your work is kept. Try again; if it stays like this, quote the request below."
          action={<Button>Try again</Button>}
          requestId="req_01k8x3d2v5f7q"
        />
      </Section>
      <Section title="Loading">
        <SkeletonRows rows={4} columns={['w-12', 'w-40', 'w-10', 'w-16', 'w-24']} />
      </Section>
    </>
  );
}
