grant execute on function es.sharing_clock to planclock_app;
