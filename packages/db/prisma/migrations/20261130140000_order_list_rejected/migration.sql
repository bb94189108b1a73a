-- Rejected orders have a tab: few of the closed ones. Alone in its file and so outside any transaction: built while the shop goes on.
CREATE INDEX CONCURRENTLY "order_list_rejected" ON "customer_order"("shop_id", "placed_at" DESC, "id" DESC) WHERE (status = 'rejected'::order_status);
