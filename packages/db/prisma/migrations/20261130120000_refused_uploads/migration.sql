-- Why an upload was refused: a finish that is asked for again is answered the same, without its bytes being sent again.

-- AlterTable
ALTER TABLE "artwork_upload" ADD COLUMN     "refusal" JSONB;
