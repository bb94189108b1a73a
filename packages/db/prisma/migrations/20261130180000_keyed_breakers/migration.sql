-- A breaker may hold some jobs of its queue, not all. Expand only: those that programs of the release before open hold their whole queue,
-- and a job of which nobody said what holds it belongs to such a one. A constant default: the table is not rewritten.
ALTER TABLE "breaker" ADD COLUMN     "holds_queue" BOOLEAN NOT NULL DEFAULT true;
ALTER TABLE "job" ADD COLUMN     "held_by" TEXT;
