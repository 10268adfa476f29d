-- A policy calls a function whose argument gets another type, while the type of its result loses an attribute.
CREATE TYPE old_color AS (name text);
CREATE TYPE mixture AS (base old_color, parts integer);
CREATE FUNCTION mixed(color old_color) RETURNS mixture IMMUTABLE LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';
CREATE TABLE paints (made_on date);
CREATE POLICY only_mixed ON paints USING (mixed(ROW('red')::old_color) IS NOT NULL);
