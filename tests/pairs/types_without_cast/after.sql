CREATE TYPE mood AS ENUM ('sad', 'glad');
CREATE TYPE state AS ENUM ('on', 'off');
CREATE DOMAIN count AS integer CHECK (VALUE >= 0);
CREATE TABLE t (
  a uuid, b bigint, c state, d integer DEFAULT 0, e smallint DEFAULT 1, f uuid[], g text[], h timestamptz, i boolean,
  j state[], k time DEFAULT '12:00', l int8range, m text DEFAULT '', n mood DEFAULT 'glad'
);
CREATE INDEX t_a ON t (a);
CREATE VIEW v AS SELECT a, e, g FROM t;
