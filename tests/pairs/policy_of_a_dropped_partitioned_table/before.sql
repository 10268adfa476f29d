-- A partitioned table goes whose policy calls a function that reads it, and the function stays.
CREATE TABLE old_rides (city integer, day date) PARTITION BY LIST (city);
CREATE FUNCTION has_rides() RETURNS boolean LANGUAGE sql STABLE BEGIN ATOMIC SELECT EXISTS (SELECT city FROM old_rides); END;
CREATE POLICY seen ON old_rides USING (has_rides());
