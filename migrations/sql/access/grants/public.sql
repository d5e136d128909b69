revoke execute on function es.record_access from public;
