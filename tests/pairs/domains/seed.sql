INSERT INTO mails VALUES (1, 'aa@bb', '{cc@dd,ee@ff}', 'gg@hh', 12.00, 5, '{a,b}', 7, ROW('ii@jj', '{1.00}'));
