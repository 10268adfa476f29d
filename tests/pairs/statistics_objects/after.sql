CREATE TABLE town (id integer, zip varchar(5), name text, people bigint);
CREATE STATISTICS town_zip (dependencies, ndistinct) ON zip, name FROM town;
CREATE STATISTICS town_lower ON upper(name) FROM town;
CREATE STATISTICS town_all ON id, zip, (people / 2) FROM town;
ALTER STATISTICS town_all SET STATISTICS 60;
CREATE STATISTICS "Town" (mcv) ON id, people FROM town;
COMMENT ON STATISTICS town_zip IS 'they go together';
