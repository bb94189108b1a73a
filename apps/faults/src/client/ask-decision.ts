import { setTimeout as sleep } from 'node:timers/promises';
import type { Asked } from '../entry.ts';
import type { History } from '../history.ts';

export type Question = {
  verb: 'approve' | 'reject';
  order: string;
  part: string;
  person: string;
  cookie: string;
  /** Sent as Idempotency-Key: the same over all tries. */
  key: string;
};

export type Asker = {
  /** where the house answers; a try that fails is followed by one at the next address */
  urls: readonly string[];
  history: History;
  /** how often it asks before it gives up */
  tries: number;
};

const ANSWER_WITHIN_MS = 15_000;
const PAUSE_MS = 150;

/**
 * One click of a person whose client tries again, under the same key, where no answer or a "try again" comes. Answers
 * the last try.
 */
export async function askDecision({ urls, history, tries }: Asker, question: Question): Promise<Asked> {
  const first = question.order.charCodeAt(question.order.length - 1);
  for (let tried = 1; ; tried += 1) {
    const asked = await askOnce(urls[(first + tried) % urls.length]!, question, tried);
    history.write(asked);
    const again = asked.status === undefined || asked.status === 503 || asked.status === 429;
    if (!again || tried >= tries) return asked;
    await sleep(asked.retryAfter === undefined ? PAUSE_MS : Number(asked.retryAfter) * 1_000);
  }
}

async function askOnce(url: string, { cookie, ...question }: Question, tried: number): Promise<Asked> {
  const begun = performance.now();
  const asked: Asked = { what: 'asked', ...question, try: tried, ms: 0 };
  try {
    const response = await fetch(`${url}/api/trpc/approvals.${question.verb}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', cookie, 'idempotency-key': question.key },
      body: JSON.stringify({ orderId: question.order }),
      signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
    });
    asked.body = (await response.text()).replace(/"requestId":"[^"]*"/, '"requestId":"-"');
    asked.status = response.status;
    const retryAfter = response.headers.get('retry-after');
    if (retryAfter !== null) asked.retryAfter = retryAfter;
  } catch (error) {
    // No answer is an outcome of its own; anything that is not about the connection is a fault of this program.
    if (!(error instanceof TypeError) && !(error instanceof DOMException)) throw error;
  }
  asked.ms = Math.round((performance.now() - begun) * 10) / 10;
  return asked;
}
