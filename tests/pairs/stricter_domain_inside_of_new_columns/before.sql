CREATE DOMAIN grams AS int;
CREATE TYPE weight AS (net grams, gross grams);
CREATE TYPE size AS (width int);
CREATE TYPE carton AS (size size, weight weight);
CREATE TABLE shelf (id int);
