import { useState } from 'react';
import { Button } from '../src/button.tsx';
import { Checkbox } from '../src/checkbox.tsx';
import { Kbd } from '../src/kbd.tsx';
import { CopyButton } from '../src/copy-button.tsx';
import { Copyable } from '../src/copyable.tsx';
import { PasswordField } from '../src/password-field.tsx';
import { Popover } from '../src/popover.tsx';
import { Select } from '../src/select.tsx';
import { TextArea } from '../src/text-area.tsx';
import { TextField } from '../src/text-field.tsx';
import { Section, States } from './section.tsx';

export function Forms() {
  const [ticked, setTicked] = useState(true);
  const [channel, setChannel] = useState<'email' | 'whatsapp'>('email');
  return (
    <>
      <Section title="Buttons">
        <States>
          <Button variant="primary" kbd="a">
            Approve
          </Button>
          <Button>Resend</Button>
          <Button variant="quiet">Clear</Button>
          <Button variant="danger">Revoke the link</Button>
          <Button variant="primary" loading>
            Approve
          </Button>
          <Button disabled>Resend</Button>
        </States>
        <States>
          <Button size="sm" variant="primary" kbd="a">
            Approve
          </Button>
          <Button size="sm">Resend</Button>
          <Button size="sm" variant="quiet">
            Clear
          </Button>
          <Button size="sm" variant="danger">
            Revoke
          </Button>
          <CopyButton size="sm" value="https://example.org/d/1042">
            Copy link
          </CopyButton>
          <Copyable value="ord_01k8x3d2v5" label="order id" mono />
          <Popover trigger={<Button size="sm">Filters</Button>} title="Filters">
            <Checkbox label="Only mine" checked={ticked} onChange={setTicked} />
          </Popover>
          <Kbd keys="mod+k" />
          <Kbd keys="esc" />
          <Kbd keys="?" />
        </States>
      </Section>
      <Section title="Fields">
        <div className="grid items-start gap-4 sm:grid-cols-2 xl:grid-cols-3">
          <TextField label="Name" placeholder="Ada Field" hint="As it stands on the ticket." />
          <TextField label="E-mail" defaultValue="ada@" error="Add what comes after the @." />
          <TextField label="Phone" optional disabled defaultValue="+44 20 7946 0018" />
          <TextArea label="Message" placeholder="What should change?" hint="The customer reads this." />
          <PasswordField label="Password" defaultValue="correct horse" autoComplete="current-password" />
          <Select
            label="Channel"
            value={channel}
            onChange={setChannel}
            options={[
              { value: 'email', label: 'E-mail' },
              { value: 'whatsapp', label: 'WhatsApp' },
            ]}
          />
          <Checkbox label="Tell the customer" checked={ticked} onChange={setTicked} />
        </div>
      </Section>
    </>
  );
}
