import { until } from '@windlass/testkit/until';
import type { LiveEvent } from '../src/event.ts';

export type Message = { id: string | undefined; event: string; data: LiveEvent };

export type StreamReader = {
  /** Everything said so far, `hello` and `reset` included. */
  messages: Message[];
  /** The events alone. */
  events(): LiveEvent[];
  /** What each event carries in `data.n`. */
  numbers(): number[];
  /** How often it was said that the connection lives. */
  pings(): number;
  /** The stream said `hello` or `reset`: the past has been told. */
  greeted(): Promise<void>;
  ended(): boolean;
  /** Why it was cut off, where it was. */
  fault(): Error | undefined;
  close(): Promise<void>;
};

/** Reads a stream as a browser's EventSource does: blocks of lines, comments left out. */
export function readStream(response: Response): StreamReader {
  const reader = response.body!.getReader();
  const decoder = new TextDecoder();
  const messages: Message[] = [];
  let ended = false;
  let pings = 0;
  let rest = '';
  const pump = async () => {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      const blocks = (rest + decoder.decode(value, { stream: true })).split('\n\n');
      rest = blocks.pop()!;
      for (const block of blocks) {
        const fields = new Map(block.split('\n').map((line) => line.split(/: (.*)/s) as [string, string]));
        const data = fields.get('data');
        if (data === undefined) continue; // how soon to come back
        if (fields.get('event') === 'ping') {
          pings += 1;
          continue;
        }
        messages.push({
          id: fields.get('id'),
          event: fields.get('event') ?? 'message',
          data: JSON.parse(data) as LiveEvent,
        });
      }
    }
    ended = true;
  };
  let fault: Error | undefined;
  const pumping = pump().catch((error: Error) => {
    fault = error;
    ended = true;
  });
  const events = () => messages.filter(({ event }) => event === 'message').map(({ data }) => data);
  return {
    messages,
    events,
    numbers: () => events().map(({ data }) => data.n as number),
    pings: () => pings,
    async greeted() {
      await until('the stream greets', () => messages.some(({ event }) => event === 'hello' || event === 'reset'));
    },
    ended: () => ended,
    fault: () => fault,
    async close() {
      if (!fault) await reader.cancel();
      await pumping;
    },
  };
}
