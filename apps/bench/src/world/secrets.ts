/** Of houses that live for minutes on loopback. */
export const AUTH_SECRET = 'a bench secret for sessions and cursors, long enough';
export const LINK_SECRET = 'a bench secret for download links, long enough as well';
export const SEAL_KEYS = '1:a-bench-key-to-seal-secrets-with-long-enough-too';
