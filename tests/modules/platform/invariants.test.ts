import { expect, test } from 'vitest'
import * as catalog from '../../../src-main/modules/catalog/contract.ts'
import * as parties from '../../../src-main/modules/parties/contract.ts'
import * as platform from '../../../src-main/modules/platform/contract.ts'
import { testOffice } from '../../support/office.ts'
import { addUser, openToOthers } from '../../support/people.ts'
import { seesPlanted } from '../../support/planted.ts'

test('every invariant of platform, parties and catalog sees its violation', async () => {
  const t = await testOffice()
  await openToOthers(t)
  const amy = await addUser(t, { login: 'amy', role: 'sales' })
  const { team_id } = await t.run(platform.createTeam, { name: '一队' })
  const { party_id } = await t.run(parties.createParty, { name: '甲', contacts: [{ name: 'x' }], addresses: [{ street: 'y' }], assigned_to: amy })
  const { category_id } = await t.run(catalog.createCategory, { name: '一类' })
  const units = [{ name: '箱', numerator: 12 }]
  const { item_id } = await t.run(catalog.createItem, { name: '水', base_unit: '瓶', units, barcodes: [{ barcode: '1' }] })
  const { list_id } = await t.run(catalog.createPriceList, { name: '零售' })
  await t.run(catalog.setPrices, { list_id, items: [{ item_id, prices: [{ price_e4: 1 }] }] })
  await t.run(platform.addComment, { source_kind: 'parties.party', source_id: party_id, text: '@amy 常客', mentions: [amy] })
  await t.run(platform.keepDraft, { address: '/items/new', subject: '', body: '{}', writer: 'desk', revision: 0 })
  const planted: Record<string, [string, (string | number | null)[]?][]> = {
    'platform: exactly one company': [['delete from platform_company']],
    'platform: somebody active is an owner': [[`update platform_user set is_active = 0 where login = 'owner'`]],
    'platform: only who is alone goes without a password': [['update platform_user set password_hash = null where id = ?', [amy]]],
    'platform: every user has a role': [['delete from platform_user_role where user_id = ?', [amy]]],
    'platform: no team lies in itself': [['update platform_team set parent_id = id where id = ?', [team_id]]],
    'platform: two series never share a prefix': [[`update platform_series set prefix = 'C' where key = 'catalog.item'`]],
    'platform: counters only count up from zero': [[`update platform_counter set last_no = -1 where key = 'parties.party'`]],
    'platform: the full-text index holds exactly the records known to be findable': [
      [`insert into platform_search_doc (kind, ref_id, title, title_key, texts) values ('x', 'x', 'x', 'x', 'x')`],
    ],
    'platform: a menu is everybody\'s or of a role that is there': [[`insert into platform_menu (key, definition) values ('gone', '{}')`]],
    'platform: nobody is called by the own words, nor has seen them before they were written': [['update platform_mention set seen_at = 1']],
    'platform: a draft that was made real holds no text and names the command that did it': [[`update platform_draft set taken_by = 'x'`]],
    'platform: a comment has words until it is taken back': [['update platform_comment set retracted_at = 1']],
    'platform: the audit follows the change log without steps back': [
      [
        `insert into platform_audit (command_id, name, user_id, desk, at, today, input, answer, changes_through)
         values ('x', 'x', ?, 'x', 0, '2026-01-01', '{}', '{}', 0)`,
        [amy],
      ],
    ],
    'platform: every value of a custom field belongs to a field and is of its kind': [[`update parties_party set extra = '{"x":1}' where id = ?`, [party_id]]],
    'platform: no kind of paper is printed with a template that is gone': [
      [`insert into platform_print_default (kind, template) values ('sales.invoice', '01900000-0000-7000-8000-000000000000')`],
    ],
    'parties: exactly one cash customer, an active one': [['update parties_party set is_active = 0 where is_cash = 1']],
    'parties: everyone is a customer or a supplier': [['update parties_party set is_customer = 0 where id = ?', [party_id]]],
    'parties: assignments follow each other without overlap, only the last may last': [
      [`update parties_assignment set to_day = '2026-02-01' where party_id = ?`, [party_id]],
      [`insert into parties_assignment (party_id, user_id, from_day, to_day, seq) values (?, ?, '2026-02-01', null, 2)`, [party_id, amy]],
    ],
    'parties: where there are contacts one is the primary one': [['update parties_contact set is_primary = 0']],
    'parties: where there are addresses one is the default one': [['update parties_address set is_default = 0']],
    'parties: every party can be found under its name and code': [[`update parties_party set name = '乙' where id = ?`, [party_id]]],
    'parties: everybody is met by the keys of what is written, and by no other': [['delete from parties_likeness']],
    'parties: who was merged points at somebody who was not, and belongs to nobody': [[`update parties_party set is_active = 0, same_as = (select id from parties_party where is_cash = 1) where id = ?`, [party_id]]],
    'parties: who was merged has one merge that stands, and nobody else has': [[`update parties_party set is_active = 0, same_as = (select id from parties_party where is_cash = 1) where id = ?`, [party_id]]],
    'parties: nobody stands above themselves': [['update parties_party set parent_id = (select id from parties_party where is_cash = 1) where id = ?', [party_id]], ['update parties_party set parent_id = ? where is_cash = 1', [party_id]]],
    'parties: pairs that look alike are of two who can be met': [[`insert into parties_alike (one_id, other_id, score, because) select min(id), max(id), 70, '[]' from parties_party`], ['delete from parties_likeness']],
    'platform: of who was erased nothing is left but what is posted': [[`insert into platform_erasing (id) values ('erasing')`]],
    'parties: nothing is found that is no party': [[`update platform_search_doc set kind = 'party' where kind = 'item'`]],
    'catalog: further units have a positive size and another name than the base unit': [['update catalog_unit set numerator = 0']],
    'catalog: every barcode names a unit of its item': [[`update catalog_barcode set unit = '打'`]],
    'catalog: every price names a unit of its item': [[`update catalog_price set unit = '打'`]],
    'catalog: every item can be found under its name and code': [[`delete from platform_search_doc where kind = 'item'`]],
    'catalog: nothing is found that is no item': [[`update platform_search_doc set kind = 'item' where kind = 'party'`]],
    'catalog: no category lies in itself': [['update catalog_category set parent_id = id where id = ?', [category_id]]],
    'catalog: rates do not end before they begin': [[`update catalog_tax_rate set to_day = '1900-01-01' where to_day is not null`]],
  }
  const seen: Record<string, boolean> = {}
  for (const [invariant, plant] of Object.entries(planted)) seen[invariant] = await seesPlanted(t, { invariant, plant })
  expect(Object.entries(seen).filter(([, was]) => !was)).toEqual([])
  const own = t.office.registry.invariants.map((i) => i.name).filter((n) => /^(platform|parties|catalog):/.test(n))
  expect(own.filter((n) => !(n in planted))).toEqual([])
})
