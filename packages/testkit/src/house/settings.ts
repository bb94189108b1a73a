/**
 * Secrets of the tests' houses: fixed, so that a test can make a token or a cursor that this house would or would not
 * accept.
 */
export const LINK_SECRET = 'link-secret-of-the-tests-0123456789abcdef';
export const AUTH_SECRET = 'auth-secret-of-the-tests-0123456789abcdef';
export const SEAL_KEYS = 'tests:seal-key-of-the-tests-0123456789abcdef';
