-- A table gets another parent, while the enum under the range in the inherited column loses a value.
CREATE TYPE step AS ENUM ('draft', 'review', 'done');
CREATE TYPE span AS RANGE (SUBTYPE = step[]);
CREATE TABLE old_plans (steps span[]);
CREATE TABLE house_plans () INHERITS (old_plans);
