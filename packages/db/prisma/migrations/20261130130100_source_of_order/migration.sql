-- From an order to the connected shop that sent it.

-- CreateIndex
CREATE INDEX "source_order_order" ON "source_order"("order_id");
