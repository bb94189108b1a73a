import { defineEvent } from '../src/define-event.ts';

/** The one kind of event that these tests tell: its number is how they know it again. */
export const orderMoved = defineEvent<{ n: number }>('orders', 'order.moved');
