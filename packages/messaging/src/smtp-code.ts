/**
 * The sentence says what happened, the hint names the fix; both are for the operator who looks at the delivery. Neither
 * says what happens next: the same answer is tried again at first, and is final at the last try.
 */
type Words = { sentence: string; hint: string };

/**
 * Every way a send can fail, by a word that stays the same across versions: stored in the ledger, counted in metrics.
 */
export const SMTP_WORDS = {
  SMTP_REFUSED: {
    sentence: 'The mail server refused the connection.',
    hint: 'Check that it is running and that SMTP_URL names the right host and port.',
  },
  SMTP_DNS: {
    sentence: "The mail server's name could not be resolved.",
    hint: "Check the host in SMTP_URL and this machine's DNS.",
  },
  SMTP_UNREACHABLE: {
    sentence: 'There is no network path to the mail server.',
    hint: 'Check the network and the firewall between here and the mail server.',
  },
  SMTP_CONNECT_TIMEOUT: {
    sentence: 'The mail server did not answer the connection in time.',
    hint: 'Check the host and port in SMTP_URL, and that a firewall lets the port through.',
  },
  SMTP_GREETING_TIMEOUT: {
    sentence: 'The mail server took the connection but never greeted.',
    hint: 'The server is overloaded, or the port expects TLS from the start (smtps://).',
  },
  SMTP_TLS: {
    sentence: 'No encrypted connection to the mail server could be made.',
    hint: "Check the server's certificate and whether the port expects smtp:// or smtps://.",
  },
  SMTP_TLS_MISSING: {
    sentence: 'The mail server, or a firewall before it, does not offer encryption.',
    hint: 'Ask its operator for a port with encryption (smtps://). In a network of your own alone, ?tls=off in SMTP_URL does without.',
  },
  SMTP_TLS_REFUSED: {
    sentence: 'The mail server could not begin the encryption that was asked for (STARTTLS).',
    hint: 'Often this passes in minutes. If it stays so, ask its operator, or use smtps://.',
  },
  SMTP_TLS_NEEDED: {
    sentence: 'The mail server takes nothing over a connection without encryption.',
    hint: 'Take ?tls=off out of SMTP_URL, or use smtps://.',
  },
  SMTP_AUTH_LATER: {
    sentence: 'The mail server could not check our user name and password just now.',
    hint: 'Nothing to correct, unless it stays so: then ask its operator.',
  },
  SMTP_AUTH: {
    sentence: 'The mail server did not accept our user name and password.',
    hint: 'Correct the credentials in SMTP_URL, then retry the waiting messages.',
  },
  SMTP_SERVICE_REFUSED: {
    sentence: 'The mail server does not want to talk to this machine.',
    hint: "Ask its operator whether this machine's address is allowed to send.",
  },
  SMTP_BUSY: {
    sentence: 'The mail server is not available at the moment.',
    hint: 'It is restarting or overloaded.',
  },
  SMTP_GREYLISTED: {
    sentence: 'The mail server asks unknown senders to come back later (greylisting).',
    hint: 'Nothing to correct: the next try usually passes.',
  },
  SMTP_RATE_LIMITED: {
    sentence: 'The mail server says we send too much at once.',
    hint: 'Run fewer workers, each of which holds ten connections, or ask for a higher limit.',
  },
  SMTP_NO_ROOM: {
    sentence: "The mail server has no room left for mail. The customer's mailbox is not the reason.",
    hint: 'Ask its operator to make room on its disk.',
  },
  SMTP_POLICY_LATER: {
    sentence: 'The mail server puts the message off because of its rules.',
    hint: "Read the reason in the conversation: often this machine's name or address (reverse DNS, block lists), or the sender's domain.",
  },
  SMTP_PUT_OFF_AFTER_DOT: {
    sentence: 'The mail server had the whole message when it put it off, so a further try may have made a copy.',
    hint: 'Ask the customer where it matters: a copy carries the same Message-ID.',
  },
  SMTP_DEFERRED: {
    sentence: 'The mail server could not take the message right now.',
    hint: 'The conversation shows its reason.',
  },
  SMTP_MAILBOX_FULL: {
    sentence: "The recipient's mailbox is full.",
    hint: 'Reach the customer another way, or ask for a different address.',
  },
  SMTP_MAILBOX_UNKNOWN: {
    sentence: "The recipient's address does not exist.",
    hint: 'Check the address with the customer, correct it and send again.',
  },
  SMTP_MAILBOX_DISABLED: {
    sentence: "The recipient's mailbox does not accept mail.",
    hint: 'Ask the customer for a different address.',
  },
  SMTP_SENDER_REFUSED: {
    sentence: 'The mail server does not let us send from this address.',
    hint: 'Use a sender address that belongs to the account in SMTP_URL, and check its SPF and DKIM records.',
  },
  SMTP_POLICY: {
    sentence: 'The mail server refused the message because of its rules, often as spam.',
    hint: "Read the reason in the conversation; check the sender domain's SPF, DKIM and DMARC and the links in the message.",
  },
  SMTP_TOO_BIG: {
    sentence: 'The message is larger than the mail server allows.',
    hint: 'Shorten the text of the template.',
  },
  SMTP_REJECTED: {
    sentence: 'The mail server refused the message for good.',
    hint: 'Read the reason in the conversation; sending the same message again gets the same answer.',
  },
  SMTP_PROTOCOL: {
    sentence: 'The mail server answered something that makes no sense here.',
    hint: 'Check that SMTP_URL points to a mail server; the conversation shows what it said.',
  },
  SMTP_TIMEOUT: {
    sentence: 'The mail server fell silent before the message was handed over.',
    hint: 'It is overloaded or the network is broken.',
  },
  SMTP_CLOSED: {
    sentence: 'The connection to the mail server ended before the message was handed over.',
    hint: 'The server was restarted or the network is broken.',
  },
  SMTP_CUT_IN_DATA: {
    sentence: 'The connection ended in the middle of the message, so the server cannot have taken it.',
    hint: 'The server was restarted or the network is broken.',
  },
  SMTP_CUT_AFTER_DOT: {
    sentence: 'The whole message went out, then the connection ended before the mail server confirmed it.',
    hint: 'It may have arrived. Ask the customer, or send again: the copy carries the same Message-ID.',
  },
  SMTP_SILENT_AFTER_DOT: {
    sentence: 'The whole message went out, but the mail server did not confirm it in time.',
    hint: 'It may have arrived. Ask the customer, or send again: the copy carries the same Message-ID.',
  },
  SMTP_COMMIT_REFUSED: {
    sentence: 'The message was about to be handed over, but our own record of it could not be written.',
    hint: 'The mail server got no end of it, so it keeps nothing. Check the database.',
  },
  SMTP_ABORTED: {
    sentence: 'The sending was stopped before the message was handed over.',
    hint: 'Nothing was sent.',
  },
  SMTP_SENDER_CLOSED: {
    sentence: 'This process was shutting down before the message was handed over.',
    hint: 'Nothing was sent.',
  },
  SMTP_MESSAGE_INVALID: {
    sentence: 'The message has a name, subject, address or header that cannot be sent.',
    hint: 'Correct the field and send again.',
  },
} as const satisfies Record<string, Words>;

export type SmtpCode = keyof typeof SMTP_WORDS;
