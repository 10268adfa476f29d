-- object: function public.postage(integer)
-- A letter and its weight.

CREATE OR REPLACE FUNCTION public.postage(grams integer) RETURNS integer
LANGUAGE plpgsql IMMUTABLE AS $$ BEGIN RETURN grams / 10 + 1; END $$;

-- drop
DROP FUNCTION public.postage(integer);
