grant select on es.access to planclock_worker;
