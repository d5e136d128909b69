create unique index duty_stands_once on rm.duty (authority, generation, duty) where stands;
