CREATE SUBSCRIPTION kept CONNECTION 'host=nowhere dbname=a user=b password=''sword fish''' PUBLICATION p, q
  WITH (connect = false, slot_name = 'kept_slot', binary = true);
CREATE SUBSCRIPTION gone CONNECTION 'postgresql://me:swordfish@nowhere/a?password=x&connect_timeout=3' PUBLICATION p
  WITH (connect = false, slot_name = NONE);
