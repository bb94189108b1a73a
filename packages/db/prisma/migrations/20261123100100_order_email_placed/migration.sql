-- The orders of an address, newest first. Alone in its file and so outside any transaction: built while the shop goes on.
CREATE INDEX CONCURRENTLY "order_email_placed" ON "customer_order"("shop_id", "customer_email", "placed_at" DESC, "id" DESC);
