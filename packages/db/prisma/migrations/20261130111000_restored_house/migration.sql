-- A house that finds itself on a restored backup holds its messages until an admin of each shop lets them go. Expand only.
create table known_database (
  only_one boolean primary key default true check (only_one),
  system text not null,
  timeline text not null,
  database text not null
);
create table message_hold (
  shop_id text primary key references shop (id) on delete cascade on update cascade,
  since timestamptz(6) not null default now(),
  released_at timestamptz(6),
  released_by text
);
