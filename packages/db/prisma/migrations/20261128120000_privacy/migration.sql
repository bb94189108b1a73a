-- Uploads know the link they came by and whether their bytes are gone; pictures are found by their hash; customers can be erased.

-- CreateEnum
CREATE TYPE "customer_erasure_state" AS ENUM ('running', 'done');

-- AlterTable
ALTER TABLE "artwork_upload" ADD COLUMN     "link_id" TEXT,
ADD COLUMN     "swept_at" TIMESTAMPTZ(6);

-- AlterTable
ALTER TABLE "customer_order" ADD COLUMN     "erased_at" TIMESTAMPTZ(6);

-- AlterTable
ALTER TABLE "delivery" ADD COLUMN     "erased_at" TIMESTAMPTZ(6);

-- CreateTable
CREATE TABLE "customer_erasure" (
    "id" TEXT NOT NULL,
    "shop_id" TEXT NOT NULL,
    "address" TEXT,
    "address_hash" TEXT NOT NULL,
    "state" "customer_erasure_state" NOT NULL DEFAULT 'running',
    "job_id" TEXT NOT NULL,
    "orders" INTEGER NOT NULL DEFAULT 0,
    "messages" INTEGER NOT NULL DEFAULT 0,
    "artworks" INTEGER NOT NULL DEFAULT 0,
    "created_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "finished_at" TIMESTAMPTZ(6),

    CONSTRAINT "customer_erasure_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "customer_erasure_job_id_key" ON "customer_erasure"("job_id");

-- CreateIndex
CREATE UNIQUE INDEX "customer_erasure_running" ON "customer_erasure"("shop_id", "address_hash") WHERE (state = 'running'::customer_erasure_state);

-- CreateIndex
CREATE INDEX "customer_erasure_list" ON "customer_erasure"("shop_id", "created_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "artwork_file_rendition_idx" ON "artwork_file"("rendition");

-- CreateIndex
CREATE INDEX "artwork_proof_idx" ON "artwork"("proof");

-- CreateIndex
CREATE INDEX "artwork_removed" ON "artwork"("removed_at") WHERE (removed_at IS NOT NULL);

-- CreateIndex
CREATE INDEX "artwork_upload_of_link" ON "artwork_upload"("link_id", "created_at" DESC);

-- CreateIndex
CREATE INDEX "artwork_upload_ended" ON "artwork_upload"("ended_at") WHERE (state <> 'open'::artwork_upload_state);

-- CreateIndex
CREATE INDEX "source_order_settled" ON "source_order"("settled_at") WHERE ((state <> 'refused'::source_order_state) AND ((body IS NOT NULL) OR (reason IS NOT NULL)));
