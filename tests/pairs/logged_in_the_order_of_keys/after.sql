CREATE TABLE warehouse (id int PRIMARY KEY);
CREATE TABLE article (
  id int PRIMARY KEY,
  kept_in int REFERENCES warehouse,
  part_of int REFERENCES article
);
CREATE TABLE movement (article int REFERENCES article, at timestamptz);
CREATE UNLOGGED TABLE alone (id int);
