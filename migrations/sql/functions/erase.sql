-- The one lawful way to take anything out of the log: nulls the sealed parts of one case, after noting the digest that
-- its leaves bind. 'case' takes everything, 'third_parties' only what tells of others. Returns how many parts it took.
-- Appends no event: whoever calls it says so in the log first.
create or replace function es.erase(p_authority uuid, p_case uuid, p_part text)
returns bigint
language plpgsql
volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
    _noted bigint;
begin
    if p_authority is distinct from nullif(current_setting('planclock.authority', true), '')::uuid then
        raise exception 'es.erase may only erase for the authority of its transaction' using errcode = 'insufficient_privilege';
    end if;
    if p_part not in ('case', 'third_parties') then
        raise exception 'what to erase is case or third_parties, not %', p_part using errcode = 'invalid_parameter_value';
    end if;
    insert into es.erasure (authority, position, part, digest)
    select e.authority, e.position, part.name, sha256(part.content)
    from es.event e, lateral (values ('case', e.sealed), ('third_parties', e.third_parties)) as part (name, content)
    where e.authority = p_authority and e.case_id = p_case and part.content is not null
        and p_part in (part.name, 'case');
    get diagnostics _noted = row_count;
    update es.event e
    set sealed = case when p_part = 'case' then null else e.sealed end, third_parties = null
    where e.authority = p_authority and e.case_id = p_case
        and (e.third_parties is not null or p_part = 'case' and e.sealed is not null);
    return _noted;
end
$$;
