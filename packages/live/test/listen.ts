import { connectStream } from '../src/connect-stream.ts';

/** Listens as the admin does and prints what it hears, one JSON line each; ends when its standard input does. */
const [url, silenceMs] = process.argv.slice(2);
const print = (heard: object) => process.stdout.write(`${JSON.stringify(heard)}\n`);
// What a browser has and a script has not.
Object.assign(globalThis, { location: new URL(url!) });

const stream = connectStream(
  { url: url!, lastId: undefined, silenceMs: Number(silenceMs) },
  {
    onEvent: ({ data }) => print({ n: data.n }),
    onFresh: () => undefined,
    onStatus: (status) => print({ status }),
  },
);
process.stdin.resume().once('end', () => stream.close());
