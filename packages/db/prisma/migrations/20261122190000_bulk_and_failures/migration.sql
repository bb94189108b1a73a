-- CreateEnum
CREATE TYPE "batch_decision" AS ENUM ('approve', 'reject');

-- CreateEnum
CREATE TYPE "batch_state" AS ENUM ('running', 'done', 'partial', 'stopped', 'undone');

-- CreateEnum
CREATE TYPE "batch_item_state" AS ENUM ('pending', 'done', 'skipped', 'refused', 'left', 'undone');

-- AlterTable
ALTER TABLE "delivery" ADD COLUMN     "acknowledged_at" TIMESTAMPTZ(6);

-- AlterTable
ALTER TABLE "job" ADD COLUMN     "acknowledged_at" TIMESTAMPTZ(6),
ADD COLUMN     "acknowledged_by" TEXT;

-- CreateTable
CREATE TABLE "batch" (
    "id" TEXT NOT NULL,
    "shop_id" TEXT NOT NULL,
    "decision" "batch_decision" NOT NULL,
    "state" "batch_state" NOT NULL DEFAULT 'running',
    "notes" TEXT,
    "total" INTEGER NOT NULL,
    "done" INTEGER NOT NULL DEFAULT 0,
    "skipped" INTEGER NOT NULL DEFAULT 0,
    "refused" INTEGER NOT NULL DEFAULT 0,
    "job_id" TEXT NOT NULL,
    "created_by" TEXT NOT NULL,
    "request_id" TEXT,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "undo_until" TIMESTAMPTZ(6),
    "finished_at" TIMESTAMPTZ(6),

    CONSTRAINT "batch_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "batch_item" (
    "batch_id" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "order_id" TEXT NOT NULL,
    "state" "batch_item_state" NOT NULL DEFAULT 'pending',
    "code" TEXT,
    "sentence" TEXT,

    CONSTRAINT "batch_item_pkey" PRIMARY KEY ("batch_id","position")
);

-- CreateTable
CREATE TABLE "demo_fault" (
    "target" TEXT NOT NULL,
    "fault" TEXT NOT NULL,
    "updated_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "demo_fault_pkey" PRIMARY KEY ("target")
);

-- CreateTable
CREATE TABLE "breaker" (
    "key" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "queue" TEXT NOT NULL,
    "open" BOOLEAN NOT NULL DEFAULT false,
    "opened_at" TIMESTAMPTZ(6),
    "retry_at" TIMESTAMPTZ(6),
    "probe_until" TIMESTAMPTZ(6),
    "probes" INTEGER NOT NULL DEFAULT 0,
    "last_code" TEXT,
    "last_sentence" TEXT,
    "updated_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "breaker_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "worker_process" (
    "id" TEXT NOT NULL,
    "host" TEXT NOT NULL,
    "pid" INTEGER NOT NULL,
    "queues" TEXT[],
    "running" INTEGER NOT NULL DEFAULT 0,
    "started_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "seen_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "worker_process_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "batch_job_id_key" ON "batch"("job_id");

-- CreateIndex
CREATE INDEX "batch_list" ON "batch"("shop_id", "created_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "batch_item_batch_id_state_position_idx" ON "batch_item"("batch_id", "state", "position");

-- CreateIndex
CREATE INDEX "batch_item_order_id_idx" ON "batch_item"("order_id");

-- CreateIndex
CREATE UNIQUE INDEX "batch_item_batch_id_order_id_key" ON "batch_item"("batch_id", "order_id");

-- CreateIndex
CREATE INDEX "delivery_open_problem" ON "delivery"("shop_id", "created_at" DESC, "id" DESC) WHERE ((state = ANY (ARRAY['failed'::delivery_state, 'bounced'::delivery_state, 'uncertain'::delivery_state])) AND (acknowledged_at IS NULL));

-- CreateIndex
CREATE INDEX "job_open_failure" ON "job"("shop_id", "name", "error_code") WHERE ((state = 'failed'::job_state) AND (acknowledged_at IS NULL));

-- AddForeignKey
ALTER TABLE "batch_item" ADD CONSTRAINT "batch_item_batch_id_fkey" FOREIGN KEY ("batch_id") REFERENCES "batch"("id") ON DELETE CASCADE ON UPDATE CASCADE;


