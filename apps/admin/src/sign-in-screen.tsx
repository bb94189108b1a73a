import { Button } from '@windlass/ui/button';
import { PasswordField } from '@windlass/ui/password-field';
import { TextField } from '@windlass/ui/text-field';
import { useDocumentTitle } from '@windlass/ui/use-document-title';
import { type FormEvent, useEffect, useState } from 'react';
import { signIn } from './session.ts';

/** What was typed stays when it is refused; after too many tries the button counts the wait down. */
export function SignInScreen({ onSignedIn }: { onSignedIn: () => void }) {
  useDocumentTitle('Sign in');
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<string>();
  const [wait, setWait] = useState(0);

  useEffect(() => {
    if (wait <= 0) return undefined;
    const timer = setTimeout(() => setWait(wait - 1), 1000);
    return () => clearTimeout(timer);
  }, [wait]);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    const answer = await signIn(email, password);
    setBusy(false);
    if (answer.ok) return onSignedIn();
    setRefusal(answer.message);
    setWait(answer.waitSeconds);
  };

  return (
    <main className="grid min-h-dvh place-items-center bg-sunken p-4">
      <form onSubmit={(event) => void submit(event)} className="flex w-full max-w-90 flex-col gap-4 rounded-md border bg-canvas p-6">
        <h1 className="text-xl font-semibold tracking-tight">Sign in to Windlass</h1>
        <TextField label="E-mail" type="email" autoComplete="username" required autoFocus value={email} onChange={(event) => setEmail(event.target.value)} />
        <PasswordField label="Password" autoComplete="current-password" required maxLength={128} value={password} onChange={(event) => setPassword(event.target.value)} />
        <p role="alert" className="min-h-5 text-danger-text">{wait > 0 ? `Too many tries. Try again in ${wait} s.` : refusal}</p>
        <Button type="submit" variant="primary" loading={busy} disabled={wait > 0}>Sign in</Button>
      </form>
    </main>
  );
}
