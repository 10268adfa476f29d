CREATE TABLE town (id integer, zip text, name text, people integer);
CREATE STATISTICS town_zip (dependencies, ndistinct) ON zip, name FROM town;
CREATE STATISTICS town_lower ON lower(name) FROM town;
CREATE STATISTICS town_all ON id, zip, (people / 2) FROM town;
ALTER STATISTICS town_all SET STATISTICS 50;
COMMENT ON STATISTICS town_zip IS 'they go together';
