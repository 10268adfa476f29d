CREATE TYPE step AS ENUM ('review', 'done');
CREATE TYPE span AS RANGE (SUBTYPE = step[]);
CREATE TABLE new_plans (steps span[]);
CREATE TABLE house_plans () INHERITS (new_plans);
