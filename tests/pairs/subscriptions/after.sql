CREATE SUBSCRIPTION kept CONNECTION 'host=elsewhere dbname=a user=b' PUBLICATION q, r
  WITH (connect = false, slot_name = 'other', synchronous_commit = 'local');
CREATE SUBSCRIPTION new CONNECTION 'host=nowhere' PUBLICATION p WITH (connect = false, streaming = true);
COMMENT ON SUBSCRIPTION new IS 'new';
