-- Records looks of one caller at one authority; the only way a row gets into es.access.
create or replace function es.record_access(
    p_authority uuid, p_case uuid[], p_position bigint[], p_subject text, p_role text, p_purpose text, p_request text
)
returns void
language plpgsql
volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
begin
    if p_authority is distinct from nullif(current_setting('planclock.authority', true), '')::uuid then
        raise exception 'looks may only be recorded for the authority of the transaction'
            using errcode = 'insufficient_privilege';
    end if;
    insert into es.access (authority, case_id, subject, role, purpose, position, request)
    select p_authority, t.case_id, p_subject, p_role, p_purpose, t.position, p_request
    from unnest(p_case, p_position) as t (case_id, position);
end
$$;
