CREATE TABLE ticket (id int NOT NULL, day date NOT NULL, seat text, gone text) PARTITION BY RANGE (day);
CREATE TABLE ticket_1 PARTITION OF ticket FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');
CREATE TABLE ticket_2 PARTITION OF ticket FOR VALUES FROM ('2021-01-01') TO ('2022-01-01') PARTITION BY RANGE (day);
CREATE TABLE ticket_2a PARTITION OF ticket_2 FOR VALUES FROM ('2021-01-01') TO ('2021-07-01');
CREATE INDEX ticket_gone ON ticket (gone);
ALTER TABLE ticket ADD CONSTRAINT ticket_seat UNIQUE (seat, day);
CREATE INDEX ticket_2a_own ON ticket_2a (seat);
