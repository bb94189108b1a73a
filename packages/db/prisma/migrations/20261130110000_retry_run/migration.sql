-- Jobs that are tried again one after the other, because a person asked for it, know that they belong together: those that still wait can be
-- given up as one. Expand only: a program of the release before writes none.
alter table job add column retry_run text;
create index job_retry_run on job (shop_id, retry_run) where state = 'scheduled' and retry_run is not null;
