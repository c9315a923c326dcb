import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { FileNotImported, importFiles } from '../../../src-main/app/imports/import-files.ts'
import type { Answer } from '../../../src-main/app/office-types.ts'
import * as accounting from '../../../src-main/modules/accounting/contract.ts'
import * as catalog from '../../../src-main/modules/catalog/contract.ts'
import * as crm from '../../../src-main/modules/crm/contract.ts'
import * as inventory from '../../../src-main/modules/inventory/contract.ts'
import * as parties from '../../../src-main/modules/parties/contract.ts'
import * as merging from '../../../src-main/modules/parties/contract-merge.ts'
import * as quality from '../../../src-main/modules/parties/contract-quality.ts'
import * as platform from '../../../src-main/modules/platform/contract.ts'
import * as erasing from '../../../src-main/modules/platform/contract-erasure.ts'
import * as purchasing from '../../../src-main/modules/purchasing/contract.ts'
import * as sales from '../../../src-main/modules/sales/contract.ts'
import { isOnServer, storedText } from '../files.ts'
import { customer, extraFor, found, goods, move, quantityOf, supplier, type Move, type Walk } from './walk.ts'

type Id = { id: string }
type Field = { target: string; key: string; kind: string }
const OWNERS_PASSWORD = 'correct horse battery'
const salesman = (w: Walk) => w.pick<Id>(`select id from platform_user where login like 'user-%' and is_active = 1 order by id desc`)
const mentioned = async (w: Walk): Promise<string[]> => {
  const user = await salesman(w)
  return user && w.roll(2) === 0 ? [user.id] : []
}
const ownRole = (w: Walk) => w.pick<Id>('select id from platform_role where is_builtin = 0 order by id desc')
const builtIn = async (w: Walk) => (await w.pick<Id>(`select id from platform_role where is_builtin = 1 and code <> 'owner' order by code`))!.id
const field = (w: Walk) => w.pick<Field>('select target, key, kind from platform_field order by key desc, target')
const team = (w: Walk) => w.pick<Id>('select id from platform_team order by id desc')
const bill = (w: Walk, more: string) =>
  w.pick<Id & { party_id: string }>(
    `select id, party_id from purchasing_bill b where kind = 'bill' and not exists (select 1 from purchasing_bill r where r.reverses_id = b.id) ${more} order by id desc`,
  )

export const purchasingMoves: readonly Move[] = [
  move(purchasing.postBill, async (w) => ({
    extra: await extraFor(w, 'purchasing.bill'),
    party_id: await supplier(w),
    day: w.t.today,
    lines: [{ item_id: await goods(w), quantity_e6: quantityOf(w, 40), price_e4: w.roll(900_000) }, { item_id: await goods(w), quantity_e6: quantityOf(w, 20), price_e4: w.roll(90_000) }],
  })),
  move(purchasing.postLateCost, async (w) => {
    const row = await bill(w, '')
    return row && { bill_id: row.id, party_id: row.party_id, day: w.t.today, gross_minor: 1 + w.roll(5000) }
  }),
  move(purchasing.reverseBill, async (w) => {
    const row = await bill(w, 'and not exists (select 1 from purchasing_bill l where l.late_cost_of_id = b.id)')
    return row && { bill_id: row.id, day: w.t.today, reason: 'wrong supplier' }
  }),
]

export const platformMoves: readonly Move[] = [
  move(platform.createUser, async (w) => ({ login: w.fresh('user-'), name: w.fresh('Person '), password: 'correct horse battery', role_ids: [await builtIn(w)] })),
  move(platform.updateUser, async (w) => {
    const [user, t] = [await salesman(w), await team(w)]
    return user && { user_id: user.id, name: w.fresh('Name '), team_id: t?.id ?? null }
  }),
  move(platform.setPassword, async (w) => {
    const user = await salesman(w)
    return user && { user_id: user.id, password: w.fresh('correct horse battery ') }
  }),
  move(platform.setOwnPassword, async () => ({ password: OWNERS_PASSWORD, current_password: OWNERS_PASSWORD })),
  move(platform.setHome, async (w) => ({ cards: w.one([null, [{ card: 'sales', columns: 2 }, { card: 'cash', columns: 1 }]]) })),
  move(platform.saveView, async (w) => {
    const [known, role] = [await w.pick<Id>(`select id from platform_view where list = 'sales.orders' order by id desc`), await ownRole(w)]
    return { ...(known && w.roll(2) === 0 ? { view_id: known.id } : {}), list: 'sales.orders', name: w.fresh('View '), role_id: role && w.roll(2) === 0 ? role.id : null, definition: { columns: [{ key: 'number' }] } }
  }),
  move(platform.chooseView, async (w) => {
    const known = await w.pick<Id>(`select id from platform_view where list = 'sales.orders' order by id desc`)
    return { list: 'sales.orders', view_id: w.roll(3) === 0 ? null : (known?.id ?? null) }
  }),
  move(platform.keepDraft, async (w) => ({ address: `/sales/orders/new?d=${w.roll(30)}`, subject: '', body: '{}', writer: `desk-${w.roll(3)}`, revision: w.roll(3) })),
  move(platform.dropDraft, async (w) => ({ address: `/sales/orders/new?d=${w.roll(30)}` })),
  move(platform.setMenu, async (w) => {
    const role = await ownRole(w)
    const entries = w.one([null, [{ key: 'group.own', level: 1, name: 'Daily' }, { key: '/sales/orders', level: 2, name: '' }]])
    return { role_id: role && w.roll(2) === 0 ? role.id : null, entries, modules_off: w.roll(2) === 0 ? [] : (['quotes', 'books'] as const).slice(w.roll(2)) }
  }),
  move(platform.addComment, async (w) => {
    const row = await w.pick<Id>('select id from parties_party order by id desc')
    return row && { source_kind: 'parties.party', source_id: row.id, text: w.fresh('Rang up '), mentions: await mentioned(w) }
  }),
  move(platform.seeMentions, async (w) => {
    const row = await w.pick<{ source_kind: string; source_id: string }>('select source_kind, source_id from platform_comment order by id desc')
    return row && { source_kind: row.source_kind, source_id: row.source_id }
  }),
  move(platform.retractComment, async (w) => {
    const row = await w.pick<Id>('select id from platform_comment where text is not null order by id desc')
    return row && { comment_id: row.id }
  }),
  move(platform.savePrintTemplate, async (w) => {
    const known = await w.pick<Id>(`select id from platform_print_template where kind = 'sales.invoice' order by id desc`)
    const { rows } = await w.t.ask(platform.listPrintTemplates, { kind: 'sales.invoice' })
    return { ...(known && w.roll(2) === 0 ? { template_id: known.id } : {}), kind: 'sales.invoice', name: w.fresh('Paper '), definition: { ...w.one(rows).definition, title: w.fresh('Bill ') } }
  }),
  move(platform.removePrintTemplate, async (w) => {
    const known = await w.pick<Id>('select id from platform_print_template order by id desc')
    return known && { template_id: known.id }
  }),
  move(platform.setPrintDefault, async (w) => {
    const known = await w.pick<Id>(`select id from platform_print_template where kind = 'sales.invoice' order by id desc`)
    return { kind: 'sales.invoice', template: known && w.roll(2) === 0 ? known.id : w.one(['a4', 'receipt-80'] as const) }
  }),
  move(platform.removeView, async (w) => {
    const known = await w.pick<Id>('select id from platform_view order by id desc')
    return known && { view_id: known.id }
  }),
  move(platform.setOwnLocale, async (w) => ({ locale: w.one(['zh-CN', 'en'] as const) })),
  move(platform.deactivateUser, async (w) => {
    const user = await salesman(w)
    return user && { user_id: user.id }
  }),
  move(platform.reactivateUser, async (w) => {
    const user = await w.pick<Id>('select id from platform_user where is_active = 0 order by id desc')
    return user && { user_id: user.id }
  }),
  move(platform.assignRoles, async (w) => {
    const user = await salesman(w)
    return user && { user_id: user.id, role_ids: [await builtIn(w)] }
  }),
  move(platform.createTeam, async (w) => ({ name: w.fresh('Team ') })),
  move(platform.updateTeam, async (w) => {
    const [t, user] = [await team(w), await salesman(w)]
    return t && { team_id: t.id, manager_id: user?.id ?? null }
  }),
  move(platform.removeTeam, async (w) => {
    const t = await w.pick<Id>('select id from platform_team t where not exists (select 1 from platform_user u where u.team_id = t.id) and not exists (select 1 from platform_team b where b.parent_id = t.id) order by id')
    return t && { team_id: t.id }
  }),
  move(platform.createRole, async (w) => ({ code: w.fresh('role-'), name_zh: w.fresh('角色'), name_en: 'Role', grants: [{ permission: 'catalog.read', scope: 'all' as const }] })),
  move(platform.updateRole, async (w) => {
    const r = await ownRole(w)
    return r && { role_id: r.id, name_en: w.fresh('Role ') }
  }),
  move(platform.setGrants, async (w) => {
    const r = await ownRole(w)
    return r && { role_id: r.id, grants: [{ permission: 'sales.read', scope: w.one(['own', 'team', 'all'] as const) }] }
  }),
  move(platform.removeRole, async (w) => {
    const r = await w.pick<Id>('select id from platform_role r where is_builtin = 0 and not exists (select 1 from platform_user_role u where u.role_id = r.id) order by id')
    return r && { role_id: r.id }
  }),
  move(platform.setSetting, async (w) => ({ key: 'sales.quote_valid_days', value: 1 + w.roll(90) })),
  move(platform.resetSetting, async () => ({ key: 'sales.quote_valid_days' })),
  move(platform.updateCompany, async (w) => ({ phone: w.fresh('0571-'), negative_stock: w.one(['forbid', 'warn', 'allow'] as const) })),
  move(platform.updateSeries, async (w) => ({ key: 'sales.order', prefix: w.one(['SO', 'XS']), digits: 4 + w.roll(3), restarts: 'year' as const })),
  move(platform.createField, async (w) => {
    const kind = w.one(['text', 'number', 'date', 'choice', 'link', 'formula'] as const)
    const own = await w.pick<Field>(`select key, kind from platform_field where target = 'sales.order' and is_active = 1 and kind in ('number', 'formula') order by key`)
    return {
      target: w.one(['sales.order', 'sales.order', 'sales.quote', 'sales.invoice', 'purchasing.bill', 'parties.party', 'catalog.item']),
      label: w.fresh('字段 '),
      kind,
      choices: kind === 'choice' ? ['A', 'B', 'C'] : [],
      link_kind: kind === 'link' ? w.one(['party', 'item'] as const) : null,
      formula: kind === 'formula' ? `{gross_minor} / ${w.roll(3)} + {${own?.key ?? 'net_minor'}}` : null,
      is_required: kind !== 'formula' && w.chance(20) ? (1 as const) : (0 as const),
    }
  }),
  move(platform.updateField, async (w) => {
    const row = await field(w)
    return row && { target: row.target, key: row.key, is_active: w.chance(3) ? (0 as const) : (1 as const), is_required: 0 as const, ...(row.kind === 'choice' ? { choices: w.chance(2) ? ['A', 'B'] : ['A', 'B', 'C'] } : {}) }
  }),
  move(platform.removeField, async (w) => {
    const row = await field(w)
    return row && { target: row.target, key: row.key }
  }),
  move(merging.mergeParties, async (w) => {
    const [winner_id, loser_id] = [await customer(w), await customer(w)]
    return { winner_id, loser_id, take: merging.mergeFields.filter(() => w.chance(3)) }
  }),
  move(merging.partParties, async (w) => {
    const row = await w.pick<Id>('select id from parties_merge order by id desc')
    return row && { merge_id: row.id }
  }),
  move(merging.weighDuplicates, async () => ({})),
  move(quality.keepQuality, async () => ({})),
  move(erasing.erasePerson, async (w) => {
    const [subject_kind, sql] = w.one([
      ['crm.lead', 'select id from crm_lead order by id desc'],
      ['parties.contact', 'select id from parties_contact order by id desc'],
      ['parties.party', `select id from parties_party where kind = 'person' and is_cash = 0 order by id desc`],
    ] as const)
    const row = await w.pick<Id>(sql)
    return row && { subject_kind, subject_id: row.id, asked_by: w.one(erasing.erasureAskers), asked_on: w.t.today }
  }),
  move(merging.tellApart, async (w) => ({ party_ids: [await customer(w), await customer(w)] })),
  ...(isOnServer ? [] : attachmentMoves()),
]

/** A company on a server keeps no files yet. */
function attachmentMoves(): Move[] {
  return [
    move(platform.addAttachment, async (w) => ({
      source_kind: 'sales.order',
      source_id: (await w.pick<Id>('select id from sales_order order by id desc'))!.id,
      ...(await storedText(w.t, { text: `scan ${w.roll(100)}`, name: `${w.fresh('scan-')}.pdf` })),
    })),
    move(platform.removeAttachment, async (w) => {
      const row = await w.pick<Id>('select id from platform_attachment order by id')
      return row && { attachment_id: row.id }
    }),
  ]
}

/** A small file imported whole: read, mapped, checked, staged and posted by the one command. */
const imported = (contract: Move['contract'], kind: string, lines: (w: Walk) => Promise<string[] | undefined>): Move => ({
  contract,
  make: async (w) => {
    const text = await lines(w)
    if (!text) return undefined
    const path = join(w.t.scratch, `${w.fresh('file')}.csv`)
    writeFileSync(path, text.join('\n') + '\n')
    return path
  },
  run: async (w, path): Promise<Answer> => {
    try {
      await importFiles({ office: w.t.office, place: w.t.office.place, kind, files: [path as string] })
      return { ok: true, output: null }
    } catch (error) {
      if (error instanceof FileNotImported && error.no.code !== 'defect') return { ok: false, kind: 'refusal', code: error.no.code, details: error.no.details }
      throw error
    }
  },
})

const code = async (w: Walk, table: string, where: string): Promise<string> => found(await w.pick<{ code: string }>(`select code from ${table} where ${where} order by code`)).code

export const importMoves: readonly Move[] = [
  imported(crm.importLeads, 'leads', async (w) => ['公司,联系人,电话,来源', `${w.fresh('Lead ')},Jo,${10_000_000 + w.roll(80_000_000)},fair`]),
  imported(parties.importParties, 'parties', async (w) => ['名称,电话', `${w.fresh('Imported ')},${10_000_000 + w.roll(80_000_000)}`]),
  imported(catalog.importItems, 'items', async (w) => ['编码,名称,单位', `${w.fresh('IMP-')},Imported,pc`]),
  imported(inventory.importOpeningStock, 'opening-stock', async (w) => ['商品编码,数量,金额', `${await code(w, 'catalog_item', `kind = 'stocked' and is_active = 1`)},${1 + w.roll(9)},${1 + w.roll(90)}`]),
  imported(accounting.importOpeningBalances, 'opening-balances', async () => ['科目编码,期初借方', '1601,12.34']),
  imported(accounting.importOpeningItems, 'opening-items', async (w) => ['应收应付,往来单位编码,单号,日期,到期日,金额', `应收,${await code(w, 'parties_party', 'is_customer = 1')},${w.fresh('IMP-')},2025-12-01,2025-12-31,9.99`]),
  imported(sales.importOrders, 'sales-orders', async (w) => [
    'number,customer,item,quantity,price',
    `${w.fresh('PO-')},${await code(w, 'parties_party', 'is_customer = 1 and is_active = 1')},${await code(w, 'catalog_item', 'is_active = 1')},${1 + w.roll(5)},9.5`,
  ]),
  imported(sales.importInvoices, 'sales-invoices', async (w) => [
    'number,day,party_code,item_code,quantity,price',
    `${w.fresh('EXT-')},${w.t.today},${await code(w, 'parties_party', 'is_customer = 1 and is_active = 1')},${await code(w, 'catalog_item', `kind = 'service' and is_active = 1`)},${1 + w.roll(5)},9.5`,
  ]),
]
