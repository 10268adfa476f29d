CREATE UNLOGGED TABLE plain (id integer PRIMARY KEY, body text) WITH (autovacuum_vacuum_scale_factor = 0.05);
CREATE TABLE tuned (id integer PRIMARY KEY, body text) WITH (fillfactor = 80);
CREATE TABLE fast (id integer);
CREATE UNLOGGED TABLE faster (id integer, body text) WITH (fillfactor = 50, toast.autovacuum_enabled = false);
