CREATE TABLE owner (id integer PRIMARY KEY);
CREATE TABLE pet (id integer, owner_id integer CONSTRAINT pet_owner REFERENCES owner, friend_id integer);
CREATE TABLE toy (owner_id integer CONSTRAINT toy_owner REFERENCES owner);
ALTER TABLE owner DISABLE TRIGGER ALL;
CREATE TABLE bowl (owner_id integer CONSTRAINT bowl_owner REFERENCES owner);
ALTER TABLE bowl DISABLE TRIGGER ALL;
