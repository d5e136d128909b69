-- The texts of these digests. Digests that name none are left out.
create or replace function es.text_of(p_digests text[])
returns table (digest text, content text)
language sql
stable
security definer
set search_path = pg_catalog, pg_temp
as $$
    select t.digest, t.content from es.stored_text t where t.digest = any (p_digests)
$$;
