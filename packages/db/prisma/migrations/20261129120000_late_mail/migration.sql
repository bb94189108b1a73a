-- A mail that is late says until when it is tried by itself.

-- AlterTable
ALTER TABLE "delivery" ADD COLUMN     "gives_up_at" TIMESTAMPTZ(6);

-- Deliveries whose job ended without them: until now they were on their way for ever, and nothing could be done with them.
WITH ended AS (
    UPDATE "delivery" d SET "state" = CASE WHEN j."state" = 'cancelled' THEN 'aborted' ELSE 'failed' END::"delivery_state",
        "lease_token" = NULL, "next_attempt_at" = NULL, "updated_at" = now(),
        "error_code" = j."error_code", "error_sentence" = j."error_sentence", "error_hint" = j."error_hint"
    FROM "job" j
    WHERE j."id" = d."job_id" AND j."state" IN ('failed', 'cancelled') AND d."state" IN ('sending', 'committing', 'awaiting_retry')
    RETURNING d."order_id", d."kind")
UPDATE "customer_order" o SET "stage" = 'problem' FROM ended WHERE o."id" = ended."order_id" AND ended."kind" = 'bundle-links' AND o."stage" = 'moving';
