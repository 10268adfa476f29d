-- object: view public.heavy_parcels
-- needs: table parcels, function public.postage

CREATE VIEW public.heavy_parcels AS SELECT id, public.postage(grams) AS cents FROM public.parcels WHERE grams > 1000;
COMMENT ON VIEW public.heavy_parcels IS 'Too heavy for the bike';

-- drop
DROP VIEW public.heavy_parcels;
