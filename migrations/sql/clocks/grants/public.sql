revoke execute on function es.sharing_clock from public;
