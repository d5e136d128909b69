-- PostgreSQL lets everyone execute a new function unless told otherwise.
revoke execute on all functions in schema es from public;
