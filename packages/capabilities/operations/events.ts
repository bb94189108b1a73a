import { defineEvent } from '@windlass/live/define-event';

/** Of a person. The topic is no screen's: apps/server/src/live-route.ts listens. */
export const sessionsEnded = defineEvent('sessions', 'sessions.ended');
