-- The new index answers whatever this one did.
DROP INDEX CONCURRENTLY "order_email";
