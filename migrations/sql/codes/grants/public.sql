revoke execute on function es.take_code, es.same_world from public;
