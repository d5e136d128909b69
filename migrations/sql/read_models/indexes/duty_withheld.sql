create index duty_withheld on rm.duty (authority, generation, month) where stands and month is not null;
