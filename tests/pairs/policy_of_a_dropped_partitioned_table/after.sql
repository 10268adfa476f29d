CREATE TABLE rides (city integer, day date) PARTITION BY LIST (city);
CREATE FUNCTION has_rides() RETURNS boolean LANGUAGE sql STABLE BEGIN ATOMIC SELECT EXISTS (SELECT city FROM rides); END;
CREATE POLICY seen ON rides USING (has_rides());
