INSERT INTO items VALUES (1, '{a,b}', '{{1,2},{3,4}}', '{1.50}', '{x}');
