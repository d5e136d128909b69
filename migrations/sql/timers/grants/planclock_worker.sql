grant select, insert on rm.reconciliation to planclock_worker;
