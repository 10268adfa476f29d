CREATE TYPE new_color AS (name text);
CREATE TYPE mixture AS (parts integer);
CREATE FUNCTION mixed(color new_color) RETURNS mixture IMMUTABLE LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';
CREATE TABLE paints (made_on date);
CREATE POLICY only_mixed ON paints USING (mixed(ROW('red')::new_color) IS NOT NULL);
