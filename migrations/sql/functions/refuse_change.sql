-- Nothing in the log is edited or taken out, whoever asks.
create or replace function es.refuse_change()
returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
    raise exception '% of %.% is refused: the log only grows', tg_op, tg_table_schema, tg_table_name
        using errcode = 'insufficient_privilege';
end
$$;
