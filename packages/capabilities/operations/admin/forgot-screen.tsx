import { Button } from '@windlass/ui/button';
import { linkStyle } from '@windlass/ui/link-style';
import { TextField } from '@windlass/ui/text-field';
import { useState } from 'react';
import { SignedOutFrame } from '../../kit/signed-out-frame.tsx';
import { useWait } from '../../kit/use-wait.ts';
import { ACCOUNT_LINK_MINUTES } from '../account-life.ts';
import { askForReset } from './account-calls.ts';

/** It says the same whether or not anybody signs in with the address. */
export function ForgotScreen() {
  const [email, setEmail] = useState('');
  const [busy, setBusy] = useState(false);
  const [sent, setSent] = useState(false);
  const [refusal, setRefusal] = useState<string>();
  const [wait, setWait] = useWait();

  const submit = async () => {
    setBusy(true);
    const answer = await askForReset(email);
    setBusy(false);
    setSent(answer.ok);
    setRefusal(answer.ok ? undefined : answer.message);
    if (!answer.ok) setWait(answer.waitSeconds);
  };

  const back = (
    <a href="/" className={`${linkStyle} self-center text-sm`}>
      Back to sign in
    </a>
  );
  if (sent) {
    return (
      <SignedOutFrame title="Look into your mailbox" onSubmit={() => setSent(false)}>
        <p role="status">
          If somebody signs in with{' '}
          <span className="font-medium wrap-anywhere" dir="auto">
            {email}
          </span>
          , a mail with a link is on its way. It works once, for {ACCOUNT_LINK_MINUTES} minutes.
        </p>
        <p className="text-sm text-muted">
          Nothing there after a few minutes? Look among the junk, or whether this is the address you sign in with. An
          invitation is sent again by an admin of your shop.
        </p>
        <Button type="submit">Use another address</Button>
        {back}
      </SignedOutFrame>
    );
  }
  return (
    <SignedOutFrame title="Choose a new password" onSubmit={() => void submit()}>
      <p className="text-muted">We mail you a link with which you choose a new one.</p>
      <TextField
        label="E-mail"
        type="email"
        autoComplete="username"
        required
        autoFocus
        value={email}
        onChange={(event) => setEmail(event.target.value)}
      />
      <p role="alert" className="min-h-5 text-danger-text">
        {wait > 0 ? `Too many tries. Try again in ${wait} s.` : refusal}
      </p>
      <Button type="submit" variant="primary" loading={busy} disabled={wait > 0}>
        Mail me a link
      </Button>
      {back}
    </SignedOutFrame>
  );
}
