import { defineBudget } from '../kit/budget.ts';
import { deliveryMoved } from './events.ts';

// The first report's promises: docs/requirements.md, S0.12 and S0.16.

/** All links of an order, and the text around them. */
export const makeLinksBudget = defineBudget({
  name: 'makeLinks',
  title: 'Making the links and the text of a mail',
  ms: 3000,
  before: '5 to 10 s',
  event: deliveryMoved.committing,
  figure: 'composeMs',
});
export const sendMailBudget = defineBudget({
  name: 'sendMail',
  title: 'Talking to the mail server',
  ms: 5000,
  before: '10 s to 5 min',
  event: deliveryMoved.accepted,
  figure: 'sendMs',
});
/** From the click, or the end of the undo window, to the mail server's 250. */
export const clickToAcceptedBudget = defineBudget({
  name: 'clickToAccepted',
  title: 'From the click to “sent”',
  ms: 8000,
  before: '45 to 100 s',
  event: deliveryMoved.accepted,
  figure: 'totalMs',
});
