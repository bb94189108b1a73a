/**
 * In a statement's FROM: its commit does not wait for the disk. For what says where work stands, a claim or a step, and
 * is true again by itself after a crash of the database: the job is then dispatched once more, and does at most once
 * more what it did in the last moments (200 ms, wal_writer_delay). Never for an ending, or for anything a person was
 * answered. A process that dies loses nothing by it.
 */
export const ASYNCHRONOUS_COMMIT = `(select set_config('synchronous_commit', 'off', true)) asynchronous_commit`;
