CREATE TABLE town (id int PRIMARY KEY);
CREATE TABLE street (id int PRIMARY KEY);
CREATE TABLE house (id int NOT NULL, town int NOT NULL, street int, PRIMARY KEY (id, town),
  CONSTRAINT in_town FOREIGN KEY (town) REFERENCES town ON DELETE CASCADE,
  CONSTRAINT in_street FOREIGN KEY (street) REFERENCES street) PARTITION BY LIST (town);
CREATE TABLE house_1 PARTITION OF house FOR VALUES IN (1);
CREATE TABLE house_3 PARTITION OF house FOR VALUES IN (3, 4);
CREATE TABLE tenant (house int, town int, CONSTRAINT lives_in FOREIGN KEY (house, town) REFERENCES house);
