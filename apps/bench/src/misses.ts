import type { TargetName } from './targets.ts';

const MAILS =
  'The statements of mails are gathered, four or five to one. On PostgreSQL about half of the database’s work is the engine’s ' +
  'own transaction a job: one word to the engine could carry ten jobs. And a commit mark and an outcome are for ten mails at ' +
  'most, as many as there are connections.';
const WAYS =
  'After the click’s own, statements follow each other one by one (dispatch, the engine’s two, claim, begin, facts, links, ' +
  'commit mark); only the click’s and the mark’s commits wait for the disk.';
const DRAIN =
  'Three statements follow each other in an empty job (claim, end of the step, ending), each shared with whatever else runs: the end ' +
  'of the last step could be written with the ending.';
const STREAM =
  'A stream through a web ReadableStream holds 43 kB a reader even bare; written to Node’s own response it was 28 kB in the same trial.';
const CHECKS =
  'Each reader’s session is asked for in a statement of its own every 20 s, where one for all of them would do.';
const ADAPTER =
  'tRPC’s fetch adapter costs 112–125 µs, the same procedure called directly and answered by Hono 31–36 µs (an earlier trial): a dispatch of ' +
  'our own, with batching and the error shape kept.';

/** What would close a miss. Printed beside the figure, and only while its target is missed. */
export const misses: Partial<Record<TargetName, string>> = {
  'approve.rate': 'An approval is nine round trips: its five inserts after the update could be one statement.',
  'approve.p99': 'Fewer round trips in the transaction, see above; and a disk that nobody shares.',
  'click.p50': WAYS,
  'click.p99': WAYS,
  'click.rate': MAILS,
  'list.cpu': ADAPTER,
  'list.p50': ADAPTER,
  'list.query':
    'JSON and ISO times are made in the database for each row; plain columns put together in the server are cheaper.',
  'jobs.redis.drain': DRAIN,
  'jobs.postgres.drain': `${DRAIN} And the engine’s own transaction a job, which bare is the ceiling beside it.`,
  'jobs.postgres.p50': WAYS,
  'jobs.redis.p50': WAYS,
  'live.memory': STREAM,
  'live.p99': `${STREAM} ${CHECKS}`,
  'dispatch.small': ADAPTER,
  'dispatch.rows': ADAPTER,
  'images.floor':
    'Inspection, thumbhash, hashing and the talk with the child are the tenth on top; the hash of a picture could be taken while it is written.',
  'images.ipx.equal':
    'Encoding is most of it at equal effort, and both use the same encoder: only the second decode is saved.',
  'images.ipx.cheap':
    'Resizing with a cheaper kernel, or effort 1, would cost bytes or likeness, of which there is some to give (see below).',
  'images.children':
    'Two children on two cores that other work shares: on the rounds when both cores were free it was 1.84x.',
  'upload.memory':
    'Nearly all of it is the young generation growing once: from the second upload on it is under a megabyte.',
};
