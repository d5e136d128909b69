-- Keeps a text, unless it is there already, and returns its digest.
create or replace function es.keep_text(p_content text)
returns text
language plpgsql
volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
    _digest text := encode(sha256(convert_to(p_content, 'UTF8')), 'hex');
begin
    insert into es.stored_text (digest, content) values (_digest, p_content) on conflict do nothing;
    return _digest;
end
$$;
