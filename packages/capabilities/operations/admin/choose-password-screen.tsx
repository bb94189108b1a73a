import { useQuery } from '@tanstack/react-query';
import { Button, buttonClass } from '@windlass/ui/button';
import { PasswordField } from '@windlass/ui/password-field';
import { Skeleton } from '@windlass/ui/skeleton';
import { TextField } from '@windlass/ui/text-field';
import { useEffect, useState } from 'react';
import { SignedOutFrame } from '../../kit/signed-out-frame.tsx';
import { useWait } from '../../kit/use-wait.ts';
import type { AccountLinkFacts } from '../account-contract.ts';
import { choosePassword, openAccountLink } from './account-calls.ts';

/**
 * Where a mailed link leads. Its token stands behind the #, which no server is told; showing the page uses nothing up.
 */
export function ChoosePasswordScreen() {
  const token = location.hash.slice(1);
  const link = useQuery({
    queryKey: ['account-link', token],
    queryFn: () => openAccountLink(token),
    retry: 1,
    staleTime: Number.POSITIVE_INFINITY,
  });
  useEffect(() => {
    const again = () => location.reload(); // another link, opened in the same window
    window.addEventListener('hashchange', again);
    return () => window.removeEventListener('hashchange', again);
  }, []);
  if (link.isPending)
    return (
      <SignedOutFrame title="Choose a password" onSubmit={() => undefined}>
        <Skeleton className="h-4 w-48" />
        <Skeleton className="h-8 w-full" />
        <Skeleton className="h-8 w-full" />
      </SignedOutFrame>
    );
  if (link.isError) {
    return (
      <SignedOutFrame title="The server cannot be reached" onSubmit={() => void link.refetch()}>
        <p className="text-muted">Your link is not used up.</p>
        <Button type="submit" variant="primary">
          Try again
        </Button>
      </SignedOutFrame>
    );
  }
  if (!link.data.ok) {
    return (
      <SignedOutFrame title="This link opens nothing" onSubmit={() => undefined}>
        <p>{link.data.message}</p>
        <a href="/forgot" className={buttonClass({ variant: 'primary' })}>
          Ask for a new link
        </a>
        <a href="/" className={buttonClass({})}>
          Sign in
        </a>
      </SignedOutFrame>
    );
  }
  return <Form token={token} facts={link.data.facts} />;
}

function Form({ token, facts }: { token: string; facts: AccountLinkFacts }) {
  const [password, setPassword] = useState('');
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<string>();
  const [wait, setWait] = useWait();

  const submit = async () => {
    setBusy(true);
    const answer = await choosePassword(token, password);
    if (answer.ok) return location.replace('/'); // the link leaves the history with it
    setBusy(false);
    setRefusal(answer.message);
    setWait(answer.waitSeconds);
  };

  const invited = facts.kind === 'invitation';
  return (
    <SignedOutFrame
      title={invited ? `Welcome to ${facts.shopName}` : 'Choose a new password'}
      onSubmit={() => void submit()}
    >
      <p className="text-muted wrap-anywhere">
        {invited
          ? `Hello ${facts.name}. Choose a password, and you are in.`
          : `Hello ${facts.name}. Wherever you are signed in with the old one, you are signed out.`}
      </p>
      <TextField label="E-mail" type="email" autoComplete="username" readOnly value={facts.email} />
      <PasswordField
        label={invited ? 'Password' : 'New password'}
        autoComplete="new-password"
        required
        autoFocus
        minLength={10}
        maxLength={128}
        hint="At least 10 characters, and hard to guess: three or four words that do not belong together."
        value={password}
        onChange={(event) => setPassword(event.target.value)}
        {...(refusal && { error: refusal })}
      />
      <Button type="submit" variant="primary" loading={busy} disabled={wait > 0}>
        {invited ? 'Set the password' : 'Change the password'}
      </Button>
    </SignedOutFrame>
  );
}
