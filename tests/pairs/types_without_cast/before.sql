CREATE TYPE mood AS ENUM ('sad', 'glad');
CREATE TYPE state AS ENUM ('on', 'off');
CREATE DOMAIN count AS integer CHECK (VALUE >= 0);
CREATE TABLE t (
  a integer, b uuid, c mood, d mood DEFAULT 'sad', e boolean DEFAULT true, f integer[], g text, h time, i count,
  j mood[], k timestamptz DEFAULT now(), l int4range, m jsonb DEFAULT '{}', n varchar(10) DEFAULT 'x'
);
CREATE INDEX t_a ON t (a);
CREATE INDEX t_g ON t (lower(g));
CREATE VIEW v AS SELECT a, e, g FROM t;
