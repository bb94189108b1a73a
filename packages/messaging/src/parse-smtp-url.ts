import type { SMTPPoolOptions } from 'nodemailer';

type ConnectionOptions = Pick<SMTPPoolOptions, 'host' | 'port' | 'secure' | 'auth' | 'requireTLS' | 'ignoreTLS'>;

/**
 * Reads `smtp://user:password@host:port` (STARTTLS where the server offers it) or `smtps://` (TLS from the start).
 * `?tls=required` insists on STARTTLS and `?tls=off` does without; with a password and a host that is not this machine
 * it is required unless switched off, so that a stripped STARTTLS cannot lure the password out. Throws on anything
 * else: a wrong URL is found at the start, not at the first mail.
 */
export function parseSmtpUrl(text: string): ConnectionOptions {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || url.hostname === '' || (url.protocol !== 'smtp:' && url.protocol !== 'smtps:')) {
    throw new Error('SMTP_URL must look like smtp://user:password@host:587 or smtps://user:password@host:465.');
  }
  const tls = url.searchParams.get('tls');
  if (tls !== null && tls !== 'required' && tls !== 'off')
    throw new Error('In SMTP_URL, tls is either "required" or "off".');

  const secure = url.protocol === 'smtps:';
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const hasPassword = url.password !== '';
  const options: ConnectionOptions = {
    host,
    port: url.port === '' ? (secure ? 465 : 587) : Number(url.port),
    secure,
    requireTLS: !secure && (tls === 'required' || (tls === null && hasPassword && !isThisMachine(host))),
    ignoreTLS: tls === 'off',
  };
  if (url.username !== '')
    options.auth = { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) };
  return options;
}

function isThisMachine(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host);
}
