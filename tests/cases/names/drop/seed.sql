INSERT INTO "Odd ""Schema"".x"."user" ("order", "Größe é") VALUES (2, 'é');
