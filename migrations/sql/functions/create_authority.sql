-- Creates an authority: a sandbox, for ever, when it is given a time to stand at or a sandbox whose clock it shares.
create or replace function es.create_authority(
    p_authority uuid, p_name text, p_sandbox_now timestamptz, p_join uuid
)
returns void
language plpgsql
volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
    _clock uuid;
begin
    if p_authority is distinct from nullif(current_setting('planclock.authority', true), '')::uuid then
        raise exception 'an authority may only be created under its own name' using errcode = 'insufficient_privilege';
    end if;
    if exists (select from es.authority where id = p_authority) then
        raise exception 'authority % is there already', p_authority using errcode = 'PC410';
    end if;
    if p_join is not null then
        perform set_config('planclock.authority', p_join::text, true);
        select clock_id into _clock from es.authority where id = p_join;
        perform set_config('planclock.authority', p_authority::text, true);
        if _clock is null then
            raise exception 'only another sandbox can be joined' using errcode = 'PC403';
        end if;
    elsif p_sandbox_now is not null then
        insert into es.clock (id, now) values (gen_random_uuid(), p_sandbox_now) returning id into _clock;
    end if;
    insert into es.authority (id, name, kind, clock_id)
    values (p_authority, p_name, case when _clock is null then 'real' else 'sandbox' end, _clock);
end
$$;
