CREATE TABLE town (id int PRIMARY KEY);
CREATE TABLE house (id int NOT NULL, town int NOT NULL, street int, PRIMARY KEY (id, town),
  CONSTRAINT in_town FOREIGN KEY (town) REFERENCES town) PARTITION BY LIST (town);
CREATE TABLE house_1 PARTITION OF house FOR VALUES IN (1);
CREATE TABLE house_2 PARTITION OF house FOR VALUES IN (2);
CREATE TABLE tenant (house int, town int, CONSTRAINT lives_in FOREIGN KEY (house, town) REFERENCES house);
