-- Files whose columns a person says, and what was said for files of their kind.

-- AlterTable
ALTER TABLE "order_import" ADD COLUMN     "columns_chosen_at" TIMESTAMPTZ(6),
ADD COLUMN     "columns_chosen_by" TEXT,
ADD COLUMN     "needs_columns" BOOLEAN NOT NULL DEFAULT false;

-- CreateTable
CREATE TABLE "order_import_file" (
    "import_id" TEXT NOT NULL,
    "body" BYTEA NOT NULL,

    CONSTRAINT "order_import_file_pkey" PRIMARY KEY ("import_id")
);

-- CreateTable
CREATE TABLE "order_column_choice" (
    "shop_id" TEXT NOT NULL,
    "header_hash" BYTEA NOT NULL,
    "choice" JSONB NOT NULL,
    "chosen_by" TEXT NOT NULL,
    "chosen_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "order_column_choice_pkey" PRIMARY KEY ("shop_id","header_hash")
);

-- AddForeignKey
ALTER TABLE "order_import_file" ADD CONSTRAINT "order_import_file_import_id_fkey" FOREIGN KEY ("import_id") REFERENCES "order_import"("id") ON DELETE CASCADE ON UPDATE CASCADE;
