/** A database beside many tests gives a connection late; one that is never given still fails the test. For `openDatabase`. */
export const CONNECT_MS = 30_000;
