import { availableParallelism } from 'node:os';

/** Refused at once rather than after a long wait: worth another try in a second. */
export class NoTurn extends Error {
  readonly retryAfterSeconds = 1;
  constructor() {
    super('too many passwords wait to be looked at');
  }
}

/**
 * `known` have shown before who they are; they take every second turn, so that a crowd of strangers never stands in
 * their way.
 */
export type Lane = 'known' | 'stranger';
/** `from` tells the waiting apart: an address, or a person. */
export type HashTurn = { lane: Lane; from: string };

type Waiting = { from: string; start: () => void; refuse: () => void };

/**
 * So many hashes at once in a process: each takes a core for a tenth of a second and 33 MB, and the rest of the house
 * needs some too.
 */
const AT_ONCE = Math.max(1, Math.floor(availableParallelism() / 2));
/** So many more may wait in a lane: half a second, so that whoever is let in is answered within one. */
const MOST_WAITING = 6 * AT_ONCE;

export type Turns = <Result>(turn: HashTurn, work: () => Promise<Result>) => Promise<Result>;

/**
 * Lets password hashes run by turns: first come, first served, but for an address that has a turn just now, which lets
 * the others go first. A full lane refuses whoever comes, or the last of an address that fills it alone.
 */
export function createTurns({ atOnce = AT_ONCE, mostWaiting = MOST_WAITING } = {}): Turns {
  const lanes: Record<Lane, Waiting[]> = { known: [], stranger: [] };
  const running: string[] = [];
  let favoured: Lane = 'known';

  const next = () => {
    const lane = lanes[favoured].length > 0 ? favoured : other(favoured);
    favoured = other(lane);
    const line = lanes[lane];
    const turn = line.find(({ from }) => !running.includes(from)) ?? line[0];
    if (!turn) return;
    line.splice(line.indexOf(turn), 1);
    running.push(turn.from);
    turn.start();
  };
  const wait = ({ lane, from }: HashTurn) =>
    new Promise<void>((start, reject) => {
      const line = lanes[lane];
      if (line.length >= mostWaiting) {
        const greedy = lastOfTheGreediest(line, from);
        if (!greedy) return reject(new NoTurn());
        line.splice(line.indexOf(greedy), 1);
        greedy.refuse();
      }
      line.push({ from, start, refuse: () => reject(new NoTurn()) });
    });

  return async (turn, work) => {
    if (running.length < atOnce) running.push(turn.from);
    else await wait(turn);
    try {
      return await work();
    } finally {
      running.splice(running.indexOf(turn.from), 1);
      next();
    }
  };
}

const other = (lane: Lane): Lane => (lane === 'known' ? 'stranger' : 'known');

/** Of the address with most places in the line, the last; undefined where the newcomer would have as many. */
function lastOfTheGreediest(line: readonly Waiting[], newcomer: string): Waiting | undefined {
  const places = new Map<string, number>();
  for (const { from } of line) places.set(from, (places.get(from) ?? 0) + 1);
  const [greediest, most] = [...places].reduce((a, b) => (b[1] > a[1] ? b : a));
  return most > (places.get(newcomer) ?? 0) + 1 ? line.findLast(({ from }) => from === greediest) : undefined;
}

/** Of this process: whoever hashes here, hashes by these. */
export const inTurn = createTurns();
