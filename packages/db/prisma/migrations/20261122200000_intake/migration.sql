-- Orders by file and by webhook: uploads and their checked rows, shop systems and what they sent.

-- CreateEnum
CREATE TYPE "order_import_state" AS ENUM ('checked', 'importing', 'imported', 'expired');

-- CreateEnum
CREATE TYPE "shop_system" AS ENUM ('shopify', 'woocommerce');

-- CreateEnum
CREATE TYPE "source_order_state" AS ENUM ('taken', 'refused', 'dismissed');

-- CreateTable
CREATE TABLE "order_import" (
    "id" TEXT NOT NULL,
    "shop_id" TEXT NOT NULL,
    "file_name" TEXT NOT NULL,
    "file_hash" BYTEA NOT NULL,
    "size_bytes" INTEGER NOT NULL,
    "encoding" TEXT NOT NULL,
    "state" "order_import_state" NOT NULL DEFAULT 'checked',
    "line_count" INTEGER NOT NULL,
    "order_count" INTEGER NOT NULL,
    "faulty_orders" INTEGER NOT NULL,
    "fault_count" INTEGER NOT NULL,
    "faults" JSONB NOT NULL DEFAULT '[]',
    "left_out" JSONB NOT NULL DEFAULT '[]',
    "created_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "job_id" TEXT,
    "first_number" INTEGER,
    "reserved" INTEGER,
    "imported_count" INTEGER,
    "skipped_count" INTEGER,
    "finished_at" TIMESTAMPTZ(6),

    CONSTRAINT "order_import_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "order_import_row" (
    "import_id" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "order_id" TEXT NOT NULL,
    "reference" TEXT NOT NULL,
    "line" INTEGER NOT NULL,
    "data" JSONB NOT NULL,
    "number" INTEGER,

    CONSTRAINT "order_import_row_pkey" PRIMARY KEY ("import_id","position")
);

-- CreateTable
CREATE TABLE "order_source" (
    "id" TEXT NOT NULL,
    "shop_id" TEXT NOT NULL,
    "system" "shop_system" NOT NULL,
    "name" TEXT NOT NULL,
    "domain" TEXT,
    "secret" BYTEA NOT NULL,
    "created_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "removed_at" TIMESTAMPTZ(6),
    "last_received_at" TIMESTAMPTZ(6),
    "taken" INTEGER NOT NULL DEFAULT 0,
    "ignored" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "order_source_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "source_delivery" (
    "source_id" TEXT NOT NULL,
    "delivery_id" TEXT NOT NULL,
    "received_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "source_delivery_pkey" PRIMARY KEY ("source_id","delivery_id")
);

-- CreateTable
CREATE TABLE "source_order" (
    "id" TEXT NOT NULL,
    "shop_id" TEXT NOT NULL,
    "source_id" TEXT NOT NULL,
    "external_id" TEXT,
    "reference" TEXT,
    "state" "source_order_state" NOT NULL,
    "reason_code" TEXT,
    "reason" TEXT,
    "body" BYTEA,
    "order_id" TEXT,
    "received_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "settled_at" TIMESTAMPTZ(6),

    CONSTRAINT "source_order_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "order_import_list" ON "order_import"("shop_id", "created_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "order_import_age" ON "order_import"("created_at");

-- CreateIndex
CREATE UNIQUE INDEX "order_import_row_import_id_reference_key" ON "order_import_row"("import_id", "reference");

-- CreateIndex
CREATE INDEX "order_source_shop_id_created_at_idx" ON "order_source"("shop_id", "created_at");

-- CreateIndex
CREATE INDEX "source_delivery_received_at_idx" ON "source_delivery"("received_at");

-- CreateIndex
CREATE INDEX "source_order_refused" ON "source_order"("shop_id", "received_at" DESC, "id" DESC) WHERE (state = 'refused'::source_order_state);

-- CreateIndex
CREATE UNIQUE INDEX "source_order_source_id_external_id_key" ON "source_order"("source_id", "external_id");

-- CreateIndex
CREATE INDEX "order_reference" ON "customer_order"("shop_id", "reference");

-- AddForeignKey
ALTER TABLE "order_import_row" ADD CONSTRAINT "order_import_row_import_id_fkey" FOREIGN KEY ("import_id") REFERENCES "order_import"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "source_delivery" ADD CONSTRAINT "source_delivery_source_id_fkey" FOREIGN KEY ("source_id") REFERENCES "order_source"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "source_order" ADD CONSTRAINT "source_order_source_id_fkey" FOREIGN KEY ("source_id") REFERENCES "order_source"("id") ON DELETE CASCADE ON UPDATE CASCADE;


