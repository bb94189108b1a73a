-- A job that waits for somebody else's answer, and is told of it while it still runs. Expand only: to programs of the release before it is
-- one that is tried again, with its sentence.
ALTER TABLE "job" ADD COLUMN     "resumed_attempt" INTEGER;
