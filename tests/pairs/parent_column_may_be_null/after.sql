CREATE TABLE animals (tag integer);
CREATE TABLE dogs (PRIMARY KEY (tag)) INHERITS (animals);
CREATE TABLE cats () INHERITS (animals);
