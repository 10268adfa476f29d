CREATE SCHEMA spare;
CREATE TABLE depot (code text, city text);
ALTER TABLE depot ADD CONSTRAINT depot_code_known UNIQUE (code);
ALTER TABLE depot ADD CONSTRAINT depot_pkey PRIMARY KEY (code);
ALTER TABLE depot ADD CONSTRAINT one_per_city UNIQUE (city);
ALTER TABLE depot ADD CONSTRAINT one_per_city_again UNIQUE (city);
CREATE TABLE van (depot text REFERENCES depot (code));
