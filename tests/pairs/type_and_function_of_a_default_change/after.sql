CREATE TYPE temper AS ENUM ('calm', 'wild');
CREATE FUNCTION usual() RETURNS temper IMMUTABLE LANGUAGE sql AS 'SELECT ''calm''::temper';
CREATE TABLE days (id integer, felt temper DEFAULT usual(), sign interval);
