-- A download counts when the file was delivered, over however many answers. Those of before counted when they began.

-- AlterTable
ALTER TABLE "download" ADD COLUMN     "completed_at" TIMESTAMPTZ(6),
ADD COLUMN     "counted" BOOLEAN NOT NULL DEFAULT true;
