import { Button } from '../src/button.tsx';
import { FailureNote } from '../src/failure-note.tsx';
import { Progress } from '../src/progress.tsx';
import { Timeline } from '../src/timeline.tsx';
import { TimelineItem } from '../src/timeline-item.tsx';
import { ago } from './sample-orders.tsx';

const refused = { tone: 'danger', icon: 'cross', budgetMs: 30_000 } as const;

export function OrderTimeline() {
  return (
    <Timeline label="Timeline of order 1042">
      <TimelineItem title="Placed" at={ago(7_300)} actor="Harbour Press Ltd" icon="circle" />
      <TimelineItem title="Approved" at={ago(3_700)} actor="Mara Lind" tone="success" icon="check" />
      <TimelineItem
        title="Files collected"
        at={ago(3_690)}
        actor="the system"
        tone="success"
        icon="check"
        durationMs={3_400}
        budgetMs={10_000}
      >
        <p className="text-muted">14 pictures, 104.9 MB.</p>
      </TimelineItem>
      <TimelineItem
        title="Bundle built"
        at={ago(3_600)}
        actor="the system"
        tone="warning"
        icon="alert"
        durationMs={84_000}
        budgetMs={60_000}
      />
      <TimelineItem
        title="E-mail not delivered"
        at={ago(900)}
        tone="danger"
        icon="cross"
        nestedLabel="3 attempts"
        nested={
          <>
            <TimelineItem {...refused} title="Attempt 1: connection timed out" at={ago(3_500)} durationMs={30_000} />
            <TimelineItem {...refused} title="Attempt 2: connection timed out" at={ago(2_900)} durationMs={30_000} />
            <TimelineItem {...refused} title="Attempt 3: mailbox full" at={ago(900)} durationMs={840} />
          </>
        }
        aside={
          <FailureNote
            sentence="The customer's mailbox is full."
            cause="Their mail server answered 452 4.2.2 and will not take more."
            fix="Send it by WhatsApp, or try the e-mail again later."
            action={
              <>
                <Button size="sm" variant="primary">
                  Send by WhatsApp
                </Button>
                <Button size="sm">Try again</Button>
              </>
            }
          />
        }
      />
      <TimelineItem
        title="Sending by WhatsApp"
        at={ago(4)}
        tone="info"
        icon="arrow"
        moving
        aside={<Progress value={0.6} label="Uploading the bundle" count="8/14" />}
      />
    </Timeline>
  );
}
