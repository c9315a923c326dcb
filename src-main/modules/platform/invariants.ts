import type { Invariant } from '../../kernel/operation.ts'

/** Truths about platform; each query must return no rows. */
export const platformInvariants: readonly Invariant[] = [
  {
    name: 'platform: exactly one company',
    sql: `select count(*) as found from platform_company having count(*) <> 1`,
  },
  {
    name: 'platform: somebody active is an owner',
    sql: `select count(*) as owners from platform_user u join platform_user_role ur on ur.user_id = u.id
            join platform_role r on r.id = ur.role_id and r.code = 'owner' where u.is_active = 1 having count(*) = 0`,
  },
  {
    name: 'platform: only who is alone goes without a password',
    sql: `select u.id, u.login from platform_user u where u.is_active = 1 and u.password_hash is null
             and exists (select 1 from platform_user o where o.is_active = 1 and o.id <> u.id)`,
  },
  {
    name: 'platform: every user has a role',
    sql: `select u.id, u.login from platform_user u where not exists (select 1 from platform_user_role ur where ur.user_id = u.id)`,
  },
  {
    name: 'platform: no team lies in itself',
    sql: `with recursive reached (id) as (
            select id from platform_team where parent_id is null
            union all select t.id from platform_team t join reached r on t.parent_id = r.id)
          select t.id, t.name from platform_team t where t.id not in (select id from reached)`,
  },
  {
    name: 'platform: a draft that was made real holds no text and names the command that did it',
    sql: `select d.user_id, d.address from platform_draft d
           where d.taken_by is not null and (d.body <> '' or not exists (select 1 from platform_audit a where a.command_id = d.taken_by))`,
  },
  {
    name: 'platform: two series never share a prefix',
    sql: `select prefix, count(*) as series from platform_series group by prefix having count(*) > 1`,
  },
  {
    name: 'platform: counters only count up from zero',
    sql: `select key, period from platform_counter where last_no < 0`,
  },
  {
    name: 'platform: the full-text index holds exactly the records known to be findable',
    sql: `select n.indexed, n.known from (select (select count(*) from platform_search) as indexed,
            (select count(*) from platform_search_doc) as known) n where n.indexed <> n.known`,
  },
  {
    name: 'platform: a menu is everybody\'s or of a role that is there',
    sql: `select m.key from platform_menu m where m.key <> '' and not exists (select 1 from platform_role r where r.id = m.key)`,
  },
  {
    name: 'platform: nobody is called by the own words, nor has seen them before they were written',
    sql: `select m.comment_id, m.user_id from platform_mention m join platform_comment c on c.id = m.comment_id
           where m.user_id = c.written_by or m.seen_at < c.written_at`,
  },
  {
    name: 'platform: a comment has words until it is taken back',
    sql: `select id from platform_comment where (text is null and retracted_at is null) or (text is not null and retracted_at is not null)`,
  },
  {
    name: 'platform: the audit follows the change log without steps back',
    sql: `select a.seq from (select seq, changes_through, lag(changes_through) over (order by seq) as before from platform_audit) a
           where a.changes_through < a.before`,
  },
  {
    name: 'platform: no kind of paper is printed with a template that is gone',
    sql: `select d.kind, d.template from platform_print_default d where d.template like '________-____-7___-%'
             and not exists (select 1 from platform_print_template t where t.id = d.template and t.kind = d.kind)`,
  },
]
