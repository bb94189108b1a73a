-- Customers' artwork, its files and pictures; how an order line is decorated.

-- CreateEnum
CREATE TYPE "artwork_file_state" AS ENUM ('waiting', 'ready', 'no_preview', 'failed');

-- CreateEnum
CREATE TYPE "artwork_state" AS ENUM ('awaiting', 'sent', 'changes_requested', 'approved');

-- CreateEnum
CREATE TYPE "artwork_upload_state" AS ENUM ('open', 'finished', 'refused', 'abandoned');

-- AlterTable
ALTER TABLE "order_line" ADD COLUMN     "decoration_location" TEXT,
ADD COLUMN     "decoration_method" TEXT,
ADD COLUMN     "decoration_size" TEXT;

-- CreateTable
CREATE TABLE "artwork_file" (
    "id" TEXT NOT NULL,
    "shop_id" TEXT NOT NULL,
    "sha256" BYTEA,
    "object_key" TEXT NOT NULL,
    "size_bytes" BIGINT NOT NULL,
    "kind" TEXT NOT NULL,
    "state" "artwork_file_state" NOT NULL DEFAULT 'waiting',
    "width" INTEGER,
    "height" INTEGER,
    "thumbhash" TEXT,
    "rendition" TEXT,
    "error_code" TEXT,
    "error_sentence" TEXT,
    "error_hint" TEXT,
    "job_id" TEXT,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "ready_at" TIMESTAMPTZ(6),

    CONSTRAINT "artwork_file_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "artwork_rendition" (
    "file_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "format" TEXT NOT NULL,
    "width" INTEGER NOT NULL,
    "height" INTEGER NOT NULL,
    "size_bytes" INTEGER NOT NULL,
    "sha256" BYTEA NOT NULL,

    CONSTRAINT "artwork_rendition_pkey" PRIMARY KEY ("file_id","name","format")
);

-- CreateTable
CREATE TABLE "artwork" (
    "id" TEXT NOT NULL,
    "shop_id" TEXT NOT NULL,
    "order_id" TEXT NOT NULL,
    "order_line_id" TEXT,
    "file_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "replaces_id" TEXT,
    "superseded_at" TIMESTAMPTZ(6),
    "removed_at" TIMESTAMPTZ(6),
    "state" "artwork_state" NOT NULL DEFAULT 'awaiting',
    "note" TEXT,
    "decided_at" TIMESTAMPTZ(6),
    "decided_by" TEXT,
    "uploaded_by" TEXT,
    "proof" TEXT,
    "proof_width" INTEGER,
    "proof_height" INTEGER,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "artwork_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "artwork_upload" (
    "id" TEXT NOT NULL,
    "shop_id" TEXT NOT NULL,
    "order_id" TEXT NOT NULL,
    "order_line_id" TEXT,
    "replaces_id" TEXT,
    "name" TEXT NOT NULL,
    "size_bytes" BIGINT NOT NULL,
    "object_key" TEXT NOT NULL,
    "multipart_id" TEXT,
    "state" "artwork_upload_state" NOT NULL DEFAULT 'open',
    "artwork_id" TEXT,
    "started_by" TEXT,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "ended_at" TIMESTAMPTZ(6),

    CONSTRAINT "artwork_upload_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "artwork_link" (
    "id" TEXT NOT NULL,
    "shop_id" TEXT NOT NULL,
    "order_id" TEXT NOT NULL,
    "token_hash" BYTEA NOT NULL,
    "expires_at" TIMESTAMPTZ(6) NOT NULL,
    "revoked_at" TIMESTAMPTZ(6),
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "artwork_link_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "artwork_file_failed" ON "artwork_file"("shop_id") WHERE (state = 'failed'::artwork_file_state);

-- CreateIndex
CREATE INDEX "artwork_file_unseen" ON "artwork_file"("created_at") WHERE (state = 'waiting'::artwork_file_state);

-- CreateIndex
CREATE UNIQUE INDEX "artwork_file_shop_id_sha256_key" ON "artwork_file"("shop_id", "sha256");

-- CreateIndex
CREATE UNIQUE INDEX "artwork_replaces_id_key" ON "artwork"("replaces_id");

-- CreateIndex
CREATE INDEX "artwork_list_all" ON "artwork"("shop_id", "created_at" DESC, "id" DESC) WHERE ((superseded_at IS NULL) AND (removed_at IS NULL));

-- CreateIndex
CREATE INDEX "artwork_list_state" ON "artwork"("shop_id", "state", "created_at" DESC, "id" DESC) WHERE ((superseded_at IS NULL) AND (removed_at IS NULL));

-- CreateIndex
CREATE INDEX "artwork_order_id_idx" ON "artwork"("order_id");

-- CreateIndex
CREATE INDEX "artwork_order_line_id_idx" ON "artwork"("order_line_id");

-- CreateIndex
CREATE INDEX "artwork_file_id_idx" ON "artwork"("file_id");

-- CreateIndex
CREATE INDEX "artwork_upload_open" ON "artwork_upload"("created_at") WHERE (state = 'open'::artwork_upload_state);

-- CreateIndex
CREATE INDEX "artwork_upload_order_id_idx" ON "artwork_upload"("order_id");

-- CreateIndex
CREATE UNIQUE INDEX "artwork_link_token_hash_key" ON "artwork_link"("token_hash");

-- CreateIndex
CREATE INDEX "artwork_link_of_order" ON "artwork_link"("order_id", "created_at" DESC);

-- AddForeignKey
ALTER TABLE "artwork_rendition" ADD CONSTRAINT "artwork_rendition_file_id_fkey" FOREIGN KEY ("file_id") REFERENCES "artwork_file"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "artwork" ADD CONSTRAINT "artwork_order_id_fkey" FOREIGN KEY ("order_id") REFERENCES "customer_order"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "artwork" ADD CONSTRAINT "artwork_order_line_id_fkey" FOREIGN KEY ("order_line_id") REFERENCES "order_line"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "artwork" ADD CONSTRAINT "artwork_file_id_fkey" FOREIGN KEY ("file_id") REFERENCES "artwork_file"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "artwork" ADD CONSTRAINT "artwork_replaces_id_fkey" FOREIGN KEY ("replaces_id") REFERENCES "artwork"("id") ON DELETE SET NULL ON UPDATE CASCADE;


