import { z } from 'zod'
import { command, flag, id, line, name, query, text } from '../../kernel/contract.ts'
import { priority, ticketKinds } from './contract-tickets.ts'

// What a company arranges: classes with their rules, and answers written once.

/** Who gets a new ticket: nobody, everybody in turn, who has the fewest open ones, or who looks after the customer. */
export const dealRules = ['none', 'round_robin', 'least_load', 'owner'] as const
export type DealRule = (typeof dealRules)[number]

const classForm = {
  name_zh: line(60).default(''),
  name_en: line(60).default(''),
  kind: z.enum(ticketKinds),
  priority: priority.default(2),
  rule: z.enum(dealRules).default('none'),
  team_id: id().nullable().default(null),
}
type Named = { name_zh: string; name_en: string }
const isNamed: [(f: Named) => boolean, { path: string[]; message: string }] = [(f) => f.name_zh !== '' || f.name_en !== '', { path: ['name_zh'], message: 'a name' }]
const classId = z.object({ class_id: id() })

export const createClass = command({
  name: 'service.createClass', permission: 'service.configure', input: z.strictObject(classForm).refine(...isNamed), output: classId, refusals: ['service.teamNotFound'],
})
/** One that is put away takes no new tickets. */
export const updateClass = command({
  name: 'service.updateClass',
  permission: 'service.configure',
  input: z.strictObject({ class_id: id(), ...classForm, is_active: flag() }).refine(...isNamed),
  output: classId,
  refusals: ['service.classNotFound', 'service.teamNotFound', 'service.classNeeded'],
})
export const listClasses = query({
  name: 'service.classes',
  permission: 'service.read',
  input: z.strictObject({}),
  output: z.object({
    rows: z.array(z.object({
      class_id: id(),
      name_zh: z.string(),
      name_en: z.string(),
      kind: z.enum(ticketKinds),
      priority: z.int(),
      rule: z.enum(dealRules),
      team_id: id().nullable(),
      team_name: z.string().nullable(),
      is_active: flag(),
    })),
    teams: z.array(z.object({ team_id: id(), name: z.string() })),
    /** Who may do tickets. */
    people: z.array(z.object({ user_id: id(), name: z.string(), team_id: id().nullable() })),
  }),
  reads: ['service_class', 'platform_team', 'platform_user', 'platform_role_grant', 'platform_user_role'],
  scope: 'shared',
})

/** What an answer can be filled with from its ticket: its name in English and in Chinese. */
export const answerFields = {
  customer: '客户', contact: '联系人', number: '工单号', subject: '主题', item: '商品', engineer: '处理人', company: '公司', due: '时限', solution: '解决办法', today: '今天',
} as const
export type AnswerField = keyof typeof answerFields
const templateForm = { name: name(100), class_id: id().nullable().default(null), text: text(4000).min(1) }
const templateId = z.object({ template_id: id() })
export const createTemplate = command({
  name: 'service.createTemplate', permission: 'service.configure', input: z.strictObject(templateForm), output: templateId, refusals: ['service.classNotFound', 'service.fieldUnknown'],
})
export const updateTemplate = command({
  name: 'service.updateTemplate',
  permission: 'service.configure',
  input: z.strictObject({ template_id: id(), ...templateForm, is_active: flag() }),
  output: templateId,
  refusals: ['service.templateNotFound', 'service.classNotFound', 'service.fieldUnknown'],
})
export const listTemplates = query({
  name: 'service.templates',
  permission: 'service.read',
  input: z.strictObject({}),
  output: z.object({
    rows: z.array(z.object({ template_id: id(), name: z.string(), class_id: id().nullable(), class_name_zh: z.string().nullable(), class_name_en: z.string().nullable(), text: z.string(), is_active: flag() })),
  }),
  reads: ['service_template', 'service_class'],
  scope: 'shared',
})
/** The template, filled for a ticket. */
export const filledTemplate = query({
  name: 'service.filledTemplate',
  permission: 'service.read',
  input: z.strictObject({ ticket_id: id(), template_id: id() }),
  output: z.object({ text: z.string() }),
  reads: ['service_template', 'service_ticket', 'parties_party', 'catalog_item', 'platform_user', 'platform_company'],
  refusals: ['service.ticketNotFound', 'service.templateNotFound'],
  scope: 'rows',
})
