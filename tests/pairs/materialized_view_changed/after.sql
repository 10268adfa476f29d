CREATE TABLE sale (id integer PRIMARY KEY, amount bigint NOT NULL, region text);
CREATE MATERIALIZED VIEW total WITH (autovacuum_enabled = false) AS
  SELECT region, sum(amount) AS amount, count(*) AS sales FROM sale GROUP BY region;
CREATE UNIQUE INDEX total_region ON total (region);
CREATE INDEX total_sales ON total ((sales + 1), amount);
ALTER INDEX total_sales ALTER COLUMN 1 SET STATISTICS 300;
CREATE MATERIALIZED VIEW empty_yet WITH (fillfactor = 80) AS SELECT id FROM sale WITH NO DATA;
CREATE MATERIALIZED VIEW of_total AS SELECT region FROM total;
CREATE VIEW over_it AS SELECT region FROM of_total;
COMMENT ON MATERIALIZED VIEW total IS 'per region';
COMMENT ON COLUMN total.amount IS 'in cents';
COMMENT ON INDEX total_region IS 'for refreshing at once';
