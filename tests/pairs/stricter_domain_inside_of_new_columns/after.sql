-- What a column holds at any depth can't become stricter or take other attributes, so that comes before the column.
CREATE DOMAIN grams AS int NOT NULL CHECK (VALUE > 0);
CREATE TYPE weight AS (net grams, gross grams);
CREATE TYPE size AS (width bigint);
CREATE TYPE carton AS (size size, weight weight);
CREATE TABLE shelf (id int, cartons carton[]);
CREATE TABLE aisle (carton carton);
