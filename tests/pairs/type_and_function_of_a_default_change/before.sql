CREATE TYPE mood AS ENUM ('calm', 'wild');
CREATE FUNCTION usual() RETURNS mood IMMUTABLE LANGUAGE sql AS 'SELECT ''calm''::mood';
CREATE TABLE days (id integer, felt mood DEFAULT usual(), sign "char");
