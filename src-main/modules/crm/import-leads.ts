import type { ImportField } from '../../kernel/operation.ts'
import { handle, type CommandCtx } from '../../kernel/operation.ts'
import { Refusal, type Details } from '../../kernel/refusal.ts'
import { z } from 'zod'
import { keysOf } from '../parties/index.ts'
import { importField as field, ownColumns, problemsIn, type OwnColumns, type RowProblem } from '../platform/index.ts'
import { importLeads, leadForm } from './contract.ts'
import { addLeads } from './leads.ts'
import { giveLead } from './pool.ts'
import { router } from './routing.ts'

/** The columns of a table of leads. */
export const leadFields: readonly ImportField[] = [
  field('name', ['联系人', '姓名', '联系人姓名', 'Name', 'Contact', 'Contact name']),
  field('company', ['公司', '公司名称', '单位', '客户名称', 'Company', 'Company name', 'Account']),
  field('title', ['职务', '职位', 'Title', 'Position']),
  field('phone', ['电话', '手机', '手机号', '联系电话', 'Phone', 'Mobile', 'Telephone']),
  field('email', ['邮箱', '电子邮箱', '邮件', 'Email', 'E-mail']),
  field('wechat', ['微信', '微信号', 'WeChat']),
  field('tax_no', ['税号', '统一社会信用代码', 'Tax number', 'Tax no']),
  field('address', ['地址', '详细地址', 'Address']),
  field('source', ['来源', '线索来源', '渠道', 'Source', 'Lead source']),
  field('campaign', ['活动', '市场活动', 'Campaign']),
  field('owner', ['负责人', '业务员', '销售员', 'Owner', 'Salesperson']),
  field('note', ['备注', '需求', '说明', 'Note', 'Notes', 'Need']),
]

const rowForm = z.strictObject(leadForm).omit({ owner_id: true, referrer_id: true, extra: true }).refine((f) => Boolean(f.name) || Boolean(f.company), { path: ['name'], message: 'a name or a company' })
type Values = Record<string, unknown>
const BATCH = 500

/** Checks every row against the books, the leads and the rest of the file, then writes them all; one bad row and nothing is written. */
export const importLeadsHandler = handle(importLeads, async (ctx, { staging_id, accept_duplicates }) => {
  const staged = await ctx.staged(staging_id)
  const books = await readBooks(ctx)
  const own = await ownColumns(ctx, { target: 'crm.lead', staged })
  const problems = await problemsIn(ctx, { staged, judge: (row) => [...problemsOf({ ...row, values: own.plain(row.values), books, accept_duplicates }), ...own.problemsOf(row)] })
  if (problems.count > 0) throw new Refusal('crm.importRejected', problems)
  let created = 0
  let batch: Parameters<typeof addLeads>[1][number][] = []
  const route = await router(ctx)
  const write = async (): Promise<void> => {
    const rows = await addLeads(ctx, batch)
    for (const [i, { form, owner_id }] of batch.entries()) {
      const to = owner_id === null ? await route(form) : undefined
      if (to) await giveLead(ctx, { lead_id: rows[i]!.id, to: to.user_id, rule: to.rule })
    }
    created += batch.length
    batch = []
    await ctx.breathe(created, staged.count)
  }
  for await (const { values } of staged.rows()) {
    batch.push(settled(values, { books, own }))
    if (batch.length === BATCH) await write()
  }
  if (batch.length > 0) await write()
  return { created, sha256: staged.sha256 }
})

/** What the file is compared with, read once: whoever shares a key is known. */
type Books = { readonly keys: Map<string, string>; readonly users: Map<string, string> }

async function readBooks({ db }: CommandCtx): Promise<Books> {
  const keys = new Map<string, string>()
  const parts = [
    `select name_key as word, 'name' as because from parties_party`,
    `select name_key, 'name' from parties_alias`,
    `select phone_key, 'phone' from parties_party where phone_key is not null`,
    `select phone_key, 'phone' from parties_contact where phone_key is not null`,
    `select tax_no, 'tax_no' from parties_party where tax_no is not null`,
    `select company_key, 'name' from crm_lead where company_key is not null and state <> 'converted'`,
    `select phone_key, 'phone' from crm_lead where phone_key is not null and state <> 'converted'`,
    `select email, 'email' from crm_lead where email is not null and state <> 'converted'`,
    `select tax_no, 'tax_no' from crm_lead where tax_no is not null and state <> 'converted'`,
  ]
  for (const { word, because } of await db.all<{ word: string; because: string }>(parts.join(' union all '))) keys.set(`${because} ${word}`, because)
  const users = await db.all<{ id: string; login: string; name: string }>('select id, login, name from platform_user where is_active = 1 order by id')
  return { keys, users: new Map([...users.map((u) => [u.name, u.id] as const), ...users.map((u) => [u.login, u.id] as const)]) }
}

const textOf = (value: unknown): string => (value === undefined || value === null ? '' : String(value).trim())

function settled(values: Values, { books, own }: { books: Books; own: OwnColumns }) {
  const { owner, ...plain } = own.plain(values)
  const form = { ...rowForm.parse(plain), referrer_id: null, extra: {} }
  return { form, extra: own.columnOf(values, {}), owner_id: books.users.get(textOf(owner)) ?? null }
}

type Checking = { source_row: number; values: Values; books: Books; accept_duplicates: number }

/** Everything that speaks against a row; its keys are noted for the rows that follow. */
function problemsOf({ source_row, values, books, accept_duplicates }: Checking): RowProblem[] {
  const problem = (field: string, reason_code: string, details: Details = {}): RowProblem => ({ source_row, field, reason_code, details })
  const { owner, ...plain } = values
  const parsed = rowForm.safeParse(plain)
  if (!parsed.success) return parsed.error.issues.map((i) => problem(String(i.path[0] ?? ''), 'parties.cellNotAccepted', { message: i.message }))
  const found: RowProblem[] = []
  const wanted = textOf(owner)
  if (wanted !== '' && !books.users.has(wanted)) found.push(problem('owner', 'crm.userNotFound', { name: wanted }))
  const { company, phone, email, tax_no } = parsed.data
  const keys = keysOf({ name: company ?? '', aliases: [], phones: [phone], tax_no })
  const words = [
    ...keys.names.map((word) => ({ field: 'company', because: 'name', word })),
    ...keys.phones.map((word) => ({ field: 'phone', because: 'phone', word })),
    ...keys.tax_nos.map((word) => ({ field: 'tax_no', because: 'tax_no', word })),
    ...(email ? [{ field: 'email', because: 'email', word: email.toLowerCase() }] : []),
  ]
  for (const { field, because, word } of words) {
    if (accept_duplicates === 0 && books.keys.has(`${because} ${word}`)) found.push(problem(field, 'crm.rowLooksLikeKnown', { word }))
    books.keys.set(`${because} ${word}`, because)
  }
  return found
}
