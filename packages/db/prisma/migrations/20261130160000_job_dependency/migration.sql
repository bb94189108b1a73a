-- Jobs that start when other jobs have ended. Expand only: to programs of the release before, one that waits is scheduled for a day that
-- never comes, and what they end without a word to those that wait is found by the reconciler. A constant default: the table is not rewritten.
ALTER TABLE "job" ADD COLUMN     "awaited" BOOLEAN NOT NULL DEFAULT false;

-- CreateTable
CREATE TABLE "job_dependency" (
    "job_id" TEXT NOT NULL,
    "after_id" TEXT NOT NULL,

    CONSTRAINT "job_dependency_pkey" PRIMARY KEY ("job_id","after_id")
);

-- CreateIndex
CREATE INDEX "job_dependency_after" ON "job_dependency"("after_id");

-- AddForeignKey
ALTER TABLE "job_dependency" ADD CONSTRAINT "job_dependency_job_id_fkey" FOREIGN KEY ("job_id") REFERENCES "job"("id") ON DELETE CASCADE ON UPDATE CASCADE;
