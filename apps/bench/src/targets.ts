/** What a figure is held against: `atLeast`, `atMost` or `below` a limit, in the figure's unit. */
export type Target = ({ atLeast: number } | { atMost: number } | { below: number }) & {
  /** Where the limit comes from. */
  sentence: string;
};

const APPROVE =
  'Approve through HTTP, session, role check, full transaction, 32 clients: at least 0.5x the transactions/s of the ' +
  'same SQL on bare pg; p99 < 50 ms at 200/s.';
const CLICK =
  'Click to accepted by SMTP (loopback, 1 ms sink): p50 < 15 ms, p99 < 100 ms; 1,000 approved at once: at least 0.6x of ' +
  'bare nodemailer’s rate.';
const LIST =
  'Order list at 1,000,000, any page: p50 at most 1.5x prepared raw SQL for the query; page 10,000 at most 1.5x page 1; ' +
  'through HTTP with session and ' +
  'roles at most 1/10 of Vendure’s p50 (60 ms) and 1/4 of its server CPU (12 ms); 1 statement. Vendure as measured once, at 100,000 ' +
  'orders.';
const DETAIL = 'Order detail with timeline: p50 < 5 ms through HTTP, 1-2 statements.';
const JOBS =
  'Empty durable job (row, step, 3 events, live) end to end: drain at least 4,000/s on Redis, 1,300/s on ' +
  'BullMQ-PostgreSQL; commit to handler ' +
  'p50 < 5 ms, p99 < 25 ms on Redis, 8 / 25 ms on PostgreSQL; a job of 100 reports costs at most 1/4 of updateProgress.';
const LIVE =
  'Live readers: 5,000 a process at most 25 kB each, delivery p99 < 100 ms; 1,000 events/s to 200 readers without loss.';
const DISPATCH = 'tRPC dispatch on Hono: server CPU at most 2.5x raw Hono on a small answer, 1.3x on 50 rows.';
const IMAGES =
  'Images, 12 MP to two sizes plus thumbhash: CPU an image at most 1.1x of decode + encode, at most 0.87x ipx at equal effort and 0.55x ipx ' +
  'within +6 % bytes and -0.3 dB (effort 2); 2 workers at least 1.8x one; RSS at most 200 MB, 24 MP within the same.';
const UPLOAD = 'An upload of 512 MB grows the server’s memory by less than 50 MB.';
const GALLERY = '10,000 images in the gallery at 60 frames a second.';
const UNDER_LOAD = 'The list’s p95 while 500 images are in work: at most 1.3 times its idle p95.';

export const targets = {
  'approve.rate': { atLeast: 0.5, sentence: APPROVE },
  'approve.p99': { below: 50, sentence: APPROVE },
  'click.p50': { below: 15, sentence: CLICK },
  'click.p99': { below: 100, sentence: CLICK },
  'click.rate': { atLeast: 0.6, sentence: CLICK },
  'list.query': { atMost: 1.5, sentence: LIST },
  'list.deep': { atMost: 1.5, sentence: LIST },
  'list.p50': { atMost: 6, sentence: LIST },
  'list.cpu': { atMost: 3, sentence: LIST },
  'list.statements': { atMost: 1, sentence: LIST },
  'detail.p50': { below: 5, sentence: DETAIL },
  'detail.statements': { atMost: 2, sentence: DETAIL },
  'jobs.redis.drain': { atLeast: 4000, sentence: JOBS },
  'jobs.redis.p50': { below: 5, sentence: JOBS },
  'jobs.redis.p99': { below: 25, sentence: JOBS },
  'jobs.redis.progress': { atMost: 0.25, sentence: JOBS },
  'jobs.postgres.drain': { atLeast: 1300, sentence: JOBS },
  'jobs.postgres.p50': { below: 8, sentence: JOBS },
  'jobs.postgres.p99': { below: 25, sentence: JOBS },
  'jobs.postgres.progress': { atMost: 0.25, sentence: JOBS },
  'live.memory': { atMost: 25, sentence: LIVE },
  'live.p99': { below: 100, sentence: LIVE },
  'live.lost': { atMost: 0, sentence: LIVE },
  'dispatch.small': { atMost: 2.5, sentence: DISPATCH },
  'dispatch.rows': { atMost: 1.3, sentence: DISPATCH },
  'images.floor': { atMost: 1.1, sentence: IMAGES },
  'images.ipx.equal': { atMost: 0.87, sentence: IMAGES },
  'images.ipx.cheap': { atMost: 0.55, sentence: IMAGES },
  'images.bytes': { atMost: 1.06, sentence: IMAGES },
  'images.psnr': { atLeast: -0.3, sentence: IMAGES },
  'images.children': { atLeast: 1.8, sentence: IMAGES },
  'images.rss': { atMost: 200, sentence: IMAGES },
  'upload.memory': { below: 50, sentence: UPLOAD },
  'gallery.frames': { atLeast: 95, sentence: GALLERY },
  'load.p95': { atMost: 1.3, sentence: UNDER_LOAD },
} as const satisfies Record<string, Target>;

export type TargetName = keyof typeof targets;
