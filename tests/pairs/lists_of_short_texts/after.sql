CREATE TABLE parcel (id int PRIMARY KEY, state varchar(9), lane varchar,
  CONSTRAINT known CHECK (state IN ('new', 'sent', 'it''s') AND lower(lane) IN ('a', 'b') AND coalesce(lane, 'a') NOT IN ('x', 'y')));
CREATE INDEX parcel_open ON parcel (id) WHERE state IN ('new', 'sent');
CREATE VIEW sent AS SELECT id FROM parcel WHERE state NOT IN ('new', 'x') OR coalesce(lane, 'b') IN ('c', 'd');
