import { Button } from '@windlass/ui/button';
import { linkStyle } from '@windlass/ui/link-style';
import { PasswordField } from '@windlass/ui/password-field';
import { TextField } from '@windlass/ui/text-field';
import { useState } from 'react';
import { SignedOutFrame } from '@windlass/capabilities/kit/signed-out-frame';
import { useWait } from '@windlass/capabilities/kit/use-wait';
import { signIn } from './session.ts';

/** What was typed stays when it is refused; after too many tries the button counts the wait down. */
export function SignInScreen({ onSignedIn }: { onSignedIn: () => void }) {
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<string>();
  const [wait, setWait] = useWait();

  const submit = async () => {
    setBusy(true);
    const answer = await signIn(email, password);
    setBusy(false);
    if (answer.ok) return onSignedIn();
    setRefusal(answer.message);
    setWait(answer.waitSeconds);
  };

  return (
    <SignedOutFrame title="Sign in to Windlass" onSubmit={() => void submit()}>
      <TextField
        label="E-mail"
        type="email"
        autoComplete="username"
        required
        autoFocus
        value={email}
        onChange={(event) => setEmail(event.target.value)}
      />
      <PasswordField
        label="Password"
        autoComplete="current-password"
        required
        maxLength={128}
        value={password}
        onChange={(event) => setPassword(event.target.value)}
      />
      <p role="alert" className="min-h-5 text-danger-text">
        {wait > 0 ? `Too many tries. Try again in ${wait} s.` : refusal}
      </p>
      <Button type="submit" variant="primary" loading={busy} disabled={wait > 0}>
        Sign in
      </Button>
      <a href="/forgot" className={`${linkStyle} self-center text-sm`}>
        Forgot your password?
      </a>
    </SignedOutFrame>
  );
}
