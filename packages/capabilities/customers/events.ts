import { defineEvent } from '@windlass/live/define-event';

// Of an erasure. They name nobody.
export const erasureStarted = defineEvent('customers', 'customer.erasure-started');
export const erasureFinished = defineEvent('customers', 'customer.erasure-finished');
