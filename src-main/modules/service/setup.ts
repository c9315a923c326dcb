import type { OutputOf } from '../../kernel/contract.ts'
import { answer, handle, on, type CommandCtx, type QueryCtx } from '../../kernel/operation.ts'
import { fieldsIn, merged } from '../../kernel/merge-fields.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { companyFounded, teamRemoved } from '../platform/index.ts'
import { answerFields, type AnswerField, createClass, createTemplate, filledTemplate, listClasses, listTemplates, updateClass, updateTemplate } from './contract.ts'
import { workers } from './deal.ts'
import { hoursOf } from './hours.ts'
import { ticketInHand } from './sight.ts'
import { insertClasses, insertTemplate, patchClass, patchTemplate } from './ticket.store.ts'

/** The classes that a new company begins with. */
const first = [
  ['产品质量', 'Product quality', 'complaint', 1],
  ['发货与物流', 'Delivery', 'complaint', 2],
  ['服务态度', 'How we served', 'complaint', 2],
  ['维修', 'Repair', 'service', 2],
  ['安装与使用', 'Installation and use', 'service', 2],
  ['咨询', 'Question', 'service', 3],
] as const

export const seedClasses = on(companyFounded, async (ctx) => {
  await insertClasses(ctx, first.map(([name_zh, name_en, kind, priority]) => ({ id: ctx.newId(), name_zh, name_en, kind, priority, rule: 'none', team_id: null, is_active: 1 })))
})

/** A team that tickets go to is not taken away. */
export const keepClassTeams = on(teamRemoved, async (ctx, { team_id, name }) => {
  const row = await ctx.db.get<{ duty: string }>(`select coalesce(nullif(name_zh, ''), name_en) as duty from service_class where team_id = ? order by id limit 1`, [team_id])
  if (row) throw new Refusal('platform.teamHasDuties', { name, duty: row.duty })
})

async function assertTeam(ctx: CommandCtx, team_id: string | null): Promise<void> {
  if (team_id !== null && !(await ctx.db.get<{ id: string }>('select id from platform_team where id = ?', [team_id]))) throw new Refusal('service.teamNotFound', { team_id })
}
async function assertClass(ctx: CommandCtx, class_id: string | null): Promise<void> {
  if (class_id !== null && !(await ctx.db.get<{ id: string }>('select id from service_class where id = ?', [class_id]))) throw new Refusal('service.classNotFound', { class_id })
}

export const createClassHandler = handle(createClass, async (ctx, form) => {
  await assertTeam(ctx, form.team_id)
  const class_id = ctx.newId()
  await insertClasses(ctx, [{ id: class_id, ...form, is_active: 1 }])
  return { class_id }
})

export const updateClassHandler = handle(updateClass, async (ctx, { class_id, ...form }) => {
  await assertClass(ctx, class_id)
  await assertTeam(ctx, form.team_id)
  const others = await ctx.db.get<{ n: number }>('select count(*) as n from service_class where is_active = 1 and id <> ?', [class_id])
  if (form.is_active === 0 && others!.n === 0) throw new Refusal('service.classNeeded', { name: form.name_zh || form.name_en })
  await patchClass(ctx, class_id, form)
  return { class_id }
})

type Classes = OutputOf<typeof listClasses>
export const listClassesHandler = answer(listClasses, async (ctx) => ({
  rows: await ctx.db.all<Classes['rows'][number]>(
    `select c.id as class_id, c.name_zh, c.name_en, c.kind, c.priority, c.rule, c.team_id, t.name as team_name, c.is_active from service_class c left join platform_team t on t.id = c.team_id
      order by c.kind, c.id`,
  ),
  teams: await ctx.db.all<Classes['teams'][number]>('select id as team_id, name from platform_team order by name, id'),
  people: (await workers(ctx)).map(({ user_id, name, team_id }) => ({ user_id, name, team_id })),
}))

/** Refuses 'service.fieldUnknown': a field nobody fills would stand in a letter as it is. */
function assertFields({ actor }: CommandCtx, text: string): void {
  const known = Object.entries(answerFields)
  const field = fieldsIn(text).find((f) => !known.some((names) => names.includes(f)))
  if (field !== undefined) throw new Refusal('service.fieldUnknown', { field, known: known.map(([en, zh]) => `{{${actor.locale === 'zh-CN' ? zh : en}}}`).join(' ') })
}

export const createTemplateHandler = handle(createTemplate, async (ctx, form) => {
  await assertClass(ctx, form.class_id)
  assertFields(ctx, form.text)
  const template_id = ctx.newId()
  await insertTemplate(ctx, { id: template_id, ...form, is_active: 1 })
  return { template_id }
})

export const updateTemplateHandler = handle(updateTemplate, async (ctx, { template_id, ...form }) => {
  if (!(await ctx.db.get<{ id: string }>('select id from service_template where id = ?', [template_id]))) throw new Refusal('service.templateNotFound', { template_id })
  await assertClass(ctx, form.class_id)
  assertFields(ctx, form.text)
  await patchTemplate(ctx, template_id, form)
  return { template_id }
})

export const listTemplatesHandler = answer(listTemplates, async (ctx) => ({
  rows: await ctx.db.all<OutputOf<typeof listTemplates>['rows'][number]>(
    `select t.id as template_id, t.name, t.class_id, c.name_zh as class_name_zh, c.name_en as class_name_en, t.text, t.is_active from service_template t left join service_class c on c.id = t.class_id
      order by t.name, t.id`,
  ),
}))

/** The wall clock of the company at an instant: '2026-03-05 17:30'. */
function wallTime(ctx: QueryCtx, at: number): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone: hoursOf(ctx).zone, year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit' }).format(at)
}

export const filledTemplateHandler = answer(filledTemplate, async (ctx, { ticket_id, template_id }) => {
  const ticket = await ticketInHand(ctx, ticket_id)
  const template = await ctx.db.get<{ text: string }>('select text from service_template where id = ?', [template_id])
  if (!template) throw new Refusal('service.templateNotFound', { template_id })
  const names = await ctx.db.get<{ customer: string; item: string | null; engineer: string | null }>(
    `select p.name as customer, i.name as item, u.name as engineer from service_ticket t join parties_party p on p.id = t.party_id left join catalog_item i on i.id = t.item_id
       left join platform_user u on u.id = t.assignee_id where t.id = ?`,
    [ticket_id],
  )
  const values: Record<AnswerField, string | null> = {
    ...names!, contact: ticket.contact_name, number: ticket.number, subject: ticket.subject, company: ctx.company.name, due: wallTime(ctx, ticket.resolve_due_at), solution: ticket.solution,
    today: ctx.today,
  }
  const inChinese = Object.fromEntries(Object.entries(answerFields).map(([en, zh]) => [zh, values[en as AnswerField]]))
  return { text: merged(template.text, { ...values, ...inChinese }) }
})
