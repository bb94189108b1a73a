import type { UploadPlan } from '@windlass/capabilities/artwork/contract';
import type { PortalOrder } from '@windlass/capabilities/artwork/portal-contract';
import type { ErrorAnswer } from '@windlass/capabilities/kit/refusal';
import type { House } from './start-house.ts';

type Answers = {
  read: PortalOrder;
  start: UploadPlan;
  resume: UploadPlan;
  'part-urls': { urls: { part: number; url: string }[] };
  finish: { artworkId: string };
  abandon: object;
  decide: { message: string };
};
export type Portal = {
  read(): Promise<PortalOrder>;
  /** Must work. */
  call<Word extends keyof Answers>(word: Word, input: object): Promise<Answers[Word]>;
  ask(word: keyof Answers, input: object): Promise<{ status: number; body: { error?: ErrorAnswer } }>;
};

/** The customer's page, as far as the server hears of it. */
export function openPortal(house: House, token: string): Portal {
  const portal: Portal = {
    read: () => portal.call('read', {}),
    async call(word, input) {
      const { status, body } = await portal.ask(word, input);
      if (status !== 200) throw new Error(`${word} answered ${status}: ${JSON.stringify(body)}`);
      return body as never;
    },
    async ask(word, input) {
      const answer = await fetch(`${house.server.url}/api/portal/artwork/${word}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-link-token': token },
        body: JSON.stringify(input),
      });
      return { status: answer.status, body: (await answer.json()) as { error?: ErrorAnswer } };
    },
  };
  return portal;
}
