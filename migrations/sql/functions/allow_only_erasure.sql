-- An event's row changes in one way only: a sealed part whose digest es.erasure already holds becomes null.
create or replace function es.allow_only_erasure()
returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
    _kept es.event := new;
begin
    _kept.sealed := old.sealed;
    _kept.third_parties := old.third_parties;
    if new is distinct from old and _kept is not distinct from old
        and (new.sealed is not distinct from old.sealed or new.sealed is null and exists (
            select from es.erasure e
            where e.authority = old.authority and e.position = old.position
                and e.part = 'case' and e.digest = sha256(old.sealed)
        ))
        and (new.third_parties is not distinct from old.third_parties or new.third_parties is null and exists (
            select from es.erasure e
            where e.authority = old.authority and e.position = old.position
                and e.part = 'third_parties' and e.digest = sha256(old.third_parties)
        ))
    then
        return new;
    end if;
    raise exception 'UPDATE of es.event is refused: the log only grows' using errcode = 'insufficient_privilege';
end
$$;
