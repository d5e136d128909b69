grant select on rm.reconciliation to planclock_app;
