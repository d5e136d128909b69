create index duty_shared on rm.duty (authority, generation, duty) where shared;
