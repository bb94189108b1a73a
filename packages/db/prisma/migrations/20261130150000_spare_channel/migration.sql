-- A constant default: the table is not rewritten.
ALTER TABLE "artwork_file" ADD COLUMN "spare_channel" BOOLEAN NOT NULL DEFAULT false;
