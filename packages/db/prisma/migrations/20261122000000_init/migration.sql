-- Windlass, the first schema. Written by `prisma migrate diff`; what Prisma cannot say stands at the beginning and the end.

-- Substring search in names and addresses. A trusted extension: the database's owner may create it.
CREATE EXTENSION IF NOT EXISTS pg_trgm;

-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateEnum
CREATE TYPE "role" AS ENUM ('viewer', 'operator', 'admin');

-- CreateEnum
CREATE TYPE "delivery_state" AS ENUM ('withheld', 'queued', 'sending', 'committing', 'accepted', 'sent', 'delivered', 'read', 'awaiting_retry', 'bounced', 'failed', 'aborted', 'uncertain');

-- CreateEnum
CREATE TYPE "channel" AS ENUM ('email', 'whatsapp');

-- CreateEnum
CREATE TYPE "order_status" AS ENUM ('waiting', 'approved', 'rejected', 'cancelled');

-- CreateEnum
CREATE TYPE "order_stage" AS ENUM ('waiting', 'moving', 'delivered', 'problem', 'closed');

-- CreateEnum
CREATE TYPE "job_state" AS ENUM ('scheduled', 'queued', 'active', 'retrying', 'succeeded', 'degraded', 'failed', 'cancelled');

-- CreateTable
CREATE TABLE "bundle" (
    "id" TEXT NOT NULL,
    "shop_id" TEXT NOT NULL,
    "sku" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "object_key" TEXT,
    "file_name" TEXT NOT NULL,
    "size_bytes" BIGINT NOT NULL,
    "sha256" TEXT,
    "contents" JSONB NOT NULL DEFAULT '[]',
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "bundle_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "download_link" (
    "id" TEXT NOT NULL,
    "shop_id" TEXT NOT NULL,
    "order_id" TEXT NOT NULL,
    "bundle_id" TEXT NOT NULL,
    "delivery_id" TEXT NOT NULL,
    "token_hash" BYTEA NOT NULL,
    "expires_at" TIMESTAMPTZ(6) NOT NULL,
    "max_downloads" INTEGER NOT NULL,
    "downloads" INTEGER NOT NULL DEFAULT 0,
    "revoked_at" TIMESTAMPTZ(6),
    "revoked_by" TEXT,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "download_link_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "download" (
    "id" TEXT NOT NULL,
    "link_id" TEXT NOT NULL,
    "client" TEXT,
    "bytes" BIGINT NOT NULL DEFAULT 0,
    "started_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "ended_at" TIMESTAMPTZ(6),

    CONSTRAINT "download_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "app_user" (
    "id" TEXT NOT NULL,
    "shop_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "email_verified" BOOLEAN NOT NULL DEFAULT true,
    "image" TEXT,
    "role" "role" NOT NULL DEFAULT 'viewer',
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "app_user_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "session" (
    "id" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(6) NOT NULL,
    "token" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(6) NOT NULL,
    "ip_address" TEXT,
    "user_agent" TEXT,
    "user_id" TEXT NOT NULL,

    CONSTRAINT "session_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "account" (
    "id" TEXT NOT NULL,
    "account_id" TEXT NOT NULL,
    "provider_id" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "access_token" TEXT,
    "refresh_token" TEXT,
    "id_token" TEXT,
    "access_token_expires_at" TIMESTAMPTZ(6),
    "refresh_token_expires_at" TIMESTAMPTZ(6),
    "scope" TEXT,
    "password" TEXT,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "account_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "verification" (
    "id" TEXT NOT NULL,
    "identifier" TEXT NOT NULL,
    "value" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(6) NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "verification_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "api_key" (
    "id" TEXT NOT NULL,
    "shop_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "secret_hash" BYTEA NOT NULL,
    "hint" TEXT NOT NULL,
    "created_by" TEXT,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_used_at" TIMESTAMPTZ(6),
    "revoked_at" TIMESTAMPTZ(6),

    CONSTRAINT "api_key_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "rate_limit" (
    "key" VARCHAR(255) NOT NULL,
    "points" INTEGER NOT NULL DEFAULT 0,
    "expire" BIGINT,

    CONSTRAINT "rate_limit_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "delivery" (
    "id" TEXT NOT NULL,
    "shop_id" TEXT NOT NULL,
    "order_id" TEXT,
    "kind" TEXT NOT NULL,
    "channel" "channel" NOT NULL,
    "recipient_name" TEXT NOT NULL,
    "recipient" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "state" "delivery_state" NOT NULL,
    "held_until" TIMESTAMPTZ(6),
    "dedupe_key" TEXT NOT NULL,
    "message_id" TEXT NOT NULL,
    "job_id" TEXT NOT NULL,
    "resend_of" TEXT,
    "lease_token" TEXT,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "next_attempt_at" TIMESTAMPTZ(6),
    "error_code" TEXT,
    "error_sentence" TEXT,
    "error_hint" TEXT,
    "created_by" TEXT,
    "request_id" TEXT,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "accepted_at" TIMESTAMPTZ(6),
    "updated_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "delivery_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "delivery_attempt" (
    "delivery_id" TEXT NOT NULL,
    "attempt" INTEGER NOT NULL,
    "started_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "committed_at" TIMESTAMPTZ(6),
    "ended_at" TIMESTAMPTZ(6),
    "outcome" TEXT,
    "smtp_code" INTEGER,
    "error_code" TEXT,
    "error_sentence" TEXT,
    "error_hint" TEXT,
    "conversation" JSONB,
    "phases" JSONB,

    CONSTRAINT "delivery_attempt_pkey" PRIMARY KEY ("delivery_id","attempt")
);

-- CreateTable
CREATE TABLE "event" (
    "xid" xid8 NOT NULL DEFAULT pg_current_xact_id(),
    "seq" BIGSERIAL NOT NULL,
    "shop_id" TEXT,
    "topic" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "data" JSONB NOT NULL DEFAULT '{}',
    "at" TIMESTAMPTZ(6) NOT NULL DEFAULT clock_timestamp(),

    CONSTRAINT "event_pkey" PRIMARY KEY ("seq")
);

-- CreateTable
CREATE TABLE "shop" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "mail_from" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "shop_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "audit_entry" (
    "id" TEXT NOT NULL,
    "shop_id" TEXT NOT NULL,
    "actor_id" TEXT,
    "actor_kind" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "data" JSONB NOT NULL DEFAULT '{}',
    "request_id" TEXT,
    "at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "audit_entry_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "idempotency_key" (
    "scope" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "request_hash" BYTEA NOT NULL,
    "status" INTEGER,
    "response" JSONB,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "idempotency_key_pkey" PRIMARY KEY ("scope","key")
);

-- CreateTable
CREATE TABLE "customer_order" (
    "id" TEXT NOT NULL,
    "shop_id" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "status" "order_status" NOT NULL DEFAULT 'waiting',
    "stage" "order_stage" NOT NULL DEFAULT 'waiting',
    "version" INTEGER NOT NULL DEFAULT 1,
    "reference" TEXT,
    "customer_name" TEXT NOT NULL,
    "customer_email" TEXT NOT NULL,
    "customer_note" TEXT,
    "search_text" TEXT NOT NULL,
    "admin_notes" TEXT,
    "currency" CHAR(3) NOT NULL,
    "total_minor" BIGINT NOT NULL,
    "line_count" INTEGER NOT NULL,
    "placed_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "approved_at" TIMESTAMPTZ(6),
    "approved_by" TEXT,
    "rejected_at" TIMESTAMPTZ(6),
    "rejected_by" TEXT,

    CONSTRAINT "customer_order_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "order_line" (
    "id" TEXT NOT NULL,
    "order_id" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "sku" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "quantity" INTEGER NOT NULL,
    "unit_minor" BIGINT NOT NULL,
    "bundle_id" TEXT,

    CONSTRAINT "order_line_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "order_counter" (
    "shop_id" TEXT NOT NULL,
    "last" INTEGER NOT NULL DEFAULT 1000,

    CONSTRAINT "order_counter_pkey" PRIMARY KEY ("shop_id")
);

-- CreateTable
CREATE TABLE "job" (
    "id" TEXT NOT NULL,
    "shop_id" TEXT,
    "name" TEXT NOT NULL,
    "queue" TEXT NOT NULL,
    "payload" JSONB NOT NULL,
    "state" "job_state" NOT NULL DEFAULT 'queued',
    "generation" INTEGER NOT NULL DEFAULT 1,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "failures" INTEGER NOT NULL DEFAULT 0,
    "crashes" INTEGER NOT NULL DEFAULT 0,
    "max_attempts" INTEGER NOT NULL DEFAULT 1,
    "group_key" TEXT NOT NULL DEFAULT '',
    "subject" TEXT,
    "dedupe_key" TEXT,
    "run_after" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "dispatched_at" TIMESTAMPTZ(6),
    "lease_token" TEXT,
    "lease_until" TIMESTAMPTZ(6),
    "step" TEXT,
    "progress" DOUBLE PRECISION,
    "progress_note" TEXT,
    "error_code" TEXT,
    "error_message" TEXT,
    "error_sentence" TEXT,
    "error_hint" TEXT,
    "missing" JSONB,
    "cancel_requested_at" TIMESTAMPTZ(6),
    "request_id" TEXT,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "started_at" TIMESTAMPTZ(6),
    "finished_at" TIMESTAMPTZ(6),

    CONSTRAINT "job_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "job_step" (
    "job_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "attempt" INTEGER NOT NULL,
    "started_at" TIMESTAMPTZ(6) NOT NULL,
    "ended_at" TIMESTAMPTZ(6),
    "result" JSONB,
    "kept" BOOLEAN NOT NULL DEFAULT true,

    CONSTRAINT "job_step_pkey" PRIMARY KEY ("job_id","name")
);

-- CreateTable
CREATE TABLE "job_attempt" (
    "job_id" TEXT NOT NULL,
    "attempt" INTEGER NOT NULL,
    "started_at" TIMESTAMPTZ(6),
    "ended_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "outcome" TEXT NOT NULL,
    "error_code" TEXT,
    "error_message" TEXT,
    "error_sentence" TEXT,
    "error_hint" TEXT,

    CONSTRAINT "job_attempt_pkey" PRIMARY KEY ("job_id","attempt")
);

-- CreateIndex
CREATE UNIQUE INDEX "bundle_shop_id_sku_key" ON "bundle"("shop_id", "sku");

-- CreateIndex
CREATE UNIQUE INDEX "download_link_token_hash_key" ON "download_link"("token_hash");

-- CreateIndex
CREATE INDEX "download_link_order_id_idx" ON "download_link"("order_id");

-- CreateIndex
CREATE UNIQUE INDEX "download_link_delivery_id_bundle_id_key" ON "download_link"("delivery_id", "bundle_id");

-- CreateIndex
CREATE INDEX "download_link_id_idx" ON "download"("link_id");

-- CreateIndex
CREATE UNIQUE INDEX "app_user_email_key" ON "app_user"("email");

-- CreateIndex
CREATE UNIQUE INDEX "session_token_key" ON "session"("token");

-- CreateIndex
CREATE INDEX "session_user_id_idx" ON "session"("user_id");

-- CreateIndex
CREATE INDEX "account_user_id_idx" ON "account"("user_id");

-- CreateIndex
CREATE INDEX "verification_identifier_idx" ON "verification"("identifier");

-- CreateIndex
CREATE UNIQUE INDEX "api_key_secret_hash_key" ON "api_key"("secret_hash");

-- CreateIndex
CREATE INDEX "api_key_shop_id_created_at_idx" ON "api_key"("shop_id", "created_at");

-- CreateIndex
CREATE UNIQUE INDEX "delivery_dedupe_key_key" ON "delivery"("dedupe_key");

-- CreateIndex
CREATE UNIQUE INDEX "delivery_job_id_key" ON "delivery"("job_id");

-- CreateIndex
CREATE INDEX "delivery_list_all" ON "delivery"("shop_id", "created_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "delivery_list_state" ON "delivery"("shop_id", "state", "created_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "delivery_order_id_idx" ON "delivery"("order_id");

-- CreateIndex
CREATE INDEX "event_xid_seq_idx" ON "event"("xid", "seq");

-- CreateIndex
CREATE INDEX "event_subject_seq_idx" ON "event"("subject", "seq");

-- CreateIndex
CREATE INDEX "event_at_idx" ON "event" USING BRIN ("at");

-- CreateIndex
CREATE INDEX "audit_entry_shop_id_at_id_idx" ON "audit_entry"("shop_id", "at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "audit_entry_subject_idx" ON "audit_entry"("subject");

-- CreateIndex
CREATE INDEX "idempotency_key_created_at_idx" ON "idempotency_key"("created_at");

-- CreateIndex
CREATE INDEX "order_list_all" ON "customer_order"("shop_id", "placed_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "order_list_stage" ON "customer_order"("shop_id", "stage", "placed_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "order_email" ON "customer_order"("shop_id", "customer_email");

-- CreateIndex
CREATE INDEX "order_search" ON "customer_order" USING GIN ("search_text" gin_trgm_ops);

-- CreateIndex
CREATE UNIQUE INDEX "customer_order_shop_id_number_key" ON "customer_order"("shop_id", "number");

-- CreateIndex
CREATE INDEX "order_line_bundle_id_idx" ON "order_line"("bundle_id");

-- CreateIndex
CREATE UNIQUE INDEX "order_line_order_id_position_key" ON "order_line"("order_id", "position");

-- CreateIndex
CREATE UNIQUE INDEX "job_dedupe_key_key" ON "job"("dedupe_key");

-- CreateIndex
CREATE INDEX "job_ready" ON "job"("queue", "group_key", "run_after", "id") WHERE ((state = ANY (ARRAY['queued'::job_state, 'retrying'::job_state, 'scheduled'::job_state])) AND (dispatched_at IS NULL));

-- CreateIndex
CREATE INDEX "job_due" ON "job"("queue", "run_after") WHERE ((state = ANY (ARRAY['queued'::job_state, 'retrying'::job_state, 'scheduled'::job_state])) AND (dispatched_at IS NULL));

-- CreateIndex
CREATE INDEX "job_in_flight" ON "job"("queue", "group_key") WHERE ((state = ANY (ARRAY['queued'::job_state, 'active'::job_state])) AND (dispatched_at IS NOT NULL));

-- CreateIndex
CREATE INDEX "job_leased" ON "job"("lease_until") WHERE (state = 'active');

-- CreateIndex
CREATE INDEX "job_awaiting_claim" ON "job"("dispatched_at") WHERE (state = 'queued' and dispatched_at is not null);

-- CreateIndex
CREATE INDEX "job_list" ON "job"("shop_id", "state", "created_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "job_list_all" ON "job"("shop_id", "created_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "job_subject" ON "job"("subject");

-- AddForeignKey
ALTER TABLE "bundle" ADD CONSTRAINT "bundle_shop_id_fkey" FOREIGN KEY ("shop_id") REFERENCES "shop"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "download" ADD CONSTRAINT "download_link_id_fkey" FOREIGN KEY ("link_id") REFERENCES "download_link"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "app_user" ADD CONSTRAINT "app_user_shop_id_fkey" FOREIGN KEY ("shop_id") REFERENCES "shop"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "session" ADD CONSTRAINT "session_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "app_user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "account" ADD CONSTRAINT "account_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "app_user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "api_key" ADD CONSTRAINT "api_key_shop_id_fkey" FOREIGN KEY ("shop_id") REFERENCES "shop"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "delivery_attempt" ADD CONSTRAINT "delivery_attempt_delivery_id_fkey" FOREIGN KEY ("delivery_id") REFERENCES "delivery"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "customer_order" ADD CONSTRAINT "customer_order_shop_id_fkey" FOREIGN KEY ("shop_id") REFERENCES "shop"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "order_line" ADD CONSTRAINT "order_line_order_id_fkey" FOREIGN KEY ("order_id") REFERENCES "customer_order"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "order_line" ADD CONSTRAINT "order_line_bundle_id_fkey" FOREIGN KEY ("bundle_id") REFERENCES "bundle"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "job_step" ADD CONSTRAINT "job_step_job_id_fkey" FOREIGN KEY ("job_id") REFERENCES "job"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "job_attempt" ADD CONSTRAINT "job_attempt_job_id_fkey" FOREIGN KEY ("job_id") REFERENCES "job"("id") ON DELETE CASCADE ON UPDATE CASCADE;



-- Jobs are updated three times in a short life: leave room on the page for HOT updates and vacuum early.
ALTER TABLE "job" SET (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 500);
ALTER TABLE "delivery" SET (fillfactor = 80);
ALTER TABLE "customer_order" SET (fillfactor = 90);
