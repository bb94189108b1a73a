-- What a shop says of an order's money; when a shop's messages were last refused, and why.

-- CreateEnum
CREATE TYPE "payment_status" AS ENUM ('unpaid', 'authorised', 'paid', 'partly_refunded', 'refunded', 'voided');

-- AlterTable
ALTER TABLE "customer_order" ADD COLUMN     "is_draft" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "is_test" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "payment_status" "payment_status",
ADD COLUMN     "shop_cancelled_at" TIMESTAMPTZ(6);

-- AlterTable
ALTER TABLE "order_source" ADD COLUMN     "last_turned_away_at" TIMESTAMPTZ(6),
ADD COLUMN     "last_turned_away_why" TEXT,
ADD COLUMN     "too_large" INTEGER NOT NULL DEFAULT 0;

-- AlterTable
ALTER TABLE "source_order" ADD COLUMN     "changed_at" TIMESTAMPTZ(6);
