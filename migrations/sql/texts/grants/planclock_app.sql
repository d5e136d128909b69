grant execute on function es.keep_text, es.text_of to planclock_app;
