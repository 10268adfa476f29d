-- A parent's column loses NOT NULL, which the primary key of one heir needs and another heir loses as well.
CREATE TABLE animals (tag integer NOT NULL);
CREATE TABLE dogs (PRIMARY KEY (tag)) INHERITS (animals);
CREATE TABLE cats () INHERITS (animals);
