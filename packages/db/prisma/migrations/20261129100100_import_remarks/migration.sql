-- AlterTable
ALTER TABLE "order_import" ADD COLUMN     "remarks" JSONB NOT NULL DEFAULT '[]';
