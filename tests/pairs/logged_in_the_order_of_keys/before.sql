-- A logged table can't reference one that is not, so the referenced one becomes logged first, and the other way back.
CREATE UNLOGGED TABLE warehouse (id int PRIMARY KEY);
CREATE UNLOGGED TABLE article (
  id int PRIMARY KEY,
  kept_in int REFERENCES warehouse,
  part_of int REFERENCES article
);
CREATE UNLOGGED TABLE movement (article int REFERENCES article, at timestamptz);
CREATE TABLE alone (id int);
