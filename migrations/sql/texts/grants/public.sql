revoke execute on function es.keep_text, es.text_of from public;
