import type { ConversationLine } from './smtp-outcome.ts';

/** What one connection's sign-in has reached: lines after AUTH are secrets until the server says anything but 334. */
export type SecretMask = (who: ConversationLine['who'], line: string) => string;

const HIDDEN = '(hidden)';

/**
 * Hides everything said during sign-in except the mechanism and the final answer. nodemailer hides passwords in its
 * log, yet not user names or challenges, and relies on each mechanism to do so: this hides by position instead.
 */
export function createSecretMask(): SecretMask {
  let signingIn = false;
  return (who, line) => {
    if (who === 'client') {
      const auth = /^AUTH\s+\S+/i.exec(line);
      if (auth !== null) {
        signingIn = true;
        return line.length > auth[0].length ? `${auth[0]} ${HIDDEN}` : line;
      }
      return signingIn ? HIDDEN : line;
    }
    if (!signingIn) return line;
    if (line.startsWith('334')) return `334 ${HIDDEN}`;
    signingIn = false;
    return line;
  };
}
