import { Alert, App, Checkbox } from 'antd'
import { useTranslation } from 'react-i18next'
import { useNavigate, useParams } from 'react-router'
import { useAsk } from '../../api/use-ask.ts'
import { useRun } from '../../api/use-run.ts'
import { ExtraInputs } from '../../ui/custom-fields/extra-inputs.tsx'
import { Panel } from '../../ui/document-page.tsx'
import { Field, FieldRow } from '../../ui/fields/field.tsx'
import { NoteInput, TextInput } from '../../ui/fields/inputs.tsx'
import { MoneyField, SelectField, WholeField } from '../../ui/fields/value-fields.tsx'
import { FormPage } from '../../ui/form-page.tsx'
import { useDraft } from '../../ui/draft/use-draft.ts'
import { NoMessage } from '../../ui/no-message.tsx'
import { ColleagueSelect } from './assign-dialog.tsx'
import { Alike } from './alike.tsx'
import { PartyPicker } from './party-picker.tsx'
import { AddressRows, ContactRows } from './party-rows.tsx'
import { draftOfParty, emptyParty, sentParty, type PartyDraft } from './party-draft.ts'

type Role = 'customer' | 'supplier'

export function PartyFormPage({ role }: { role: Role }) {
  const { t } = useTranslation()
  const { party_id } = useParams()
  const { data, error } = useAsk('parties.get', { party_id: party_id ?? '' }, { enabled: party_id !== undefined })
  const parent_id = data?.parent_id ?? null
  const above = useAsk('parties.get', { party_id: parent_id ?? '' }, { enabled: parent_id !== null })
  if (error) return <div className="zg-page"><NoMessage error={error} /></div>
  if ((party_id !== undefined && !data) || (parent_id !== null && !above.data && !above.error)) return <div className="zg-page" aria-busy />
  return <PartyForm key={party_id ?? 'new'} role={role} party_id={party_id ?? null} first={data ? draftOfParty(data, parent_id === null ? null : { party_id: parent_id, name: above.data?.name ?? t('ui.party.parentHidden') }) : emptyParty(role)} />
}

/** All about a customer or supplier on one page; only the name is needed. */
function PartyForm({ role, party_id, first }: { role: Role; party_id: string | null; first: PartyDraft }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { message } = App.useApp()
  const { draft, set, form } = useDraft(first)
  const create = useRun('parties.createParty', form)
  const update = useRun('parties.updateParty', form)
  const no = create.no ?? update.no
  const isAlike = no?.code === 'parties.looksLikeDuplicate'
  const base = role === 'customer' ? '/customers' : '/suppliers'
  const save = async (): Promise<void> => {
    const fields = { ...sentParty(draft), accept_duplicate: isAlike ? (1 as const) : (0 as const) }
    const code = draft.code.trim()
    const said =
      party_id === null
        ? await create.run({ ...fields, code: code === '' ? null : code, ...(draft.assigned_to === null ? {} : { assigned_to: draft.assigned_to }) })
        : await update.run({ party_id, ...fields, ...(code === '' ? {} : { code }) })
    if (!said?.ok) return
    form.settle()
    void message.success(t('ui.saved'))
    void navigate(`${base}/${said.output.party_id}`, { replace: true })
  }
  return (
    <FormPage
      kind={party_id === null ? t(role === 'customer' ? 'ui.nav.newCustomer' : 'ui.nav.newSupplier') : first.name}
      {...(party_id === null ? {} : { isNamed: true as const })}
      backTo={{ path: base, label: t(role === 'customer' ? 'ui.nav.customers' : 'ui.nav.suppliers') }}
      {...(isAlike ? { action: t('ui.party.createAnyway') } : {})}
      form={form}
      runs={[create, update]}
      messages={isAlike ? <Alert type="info" showIcon title={t('ui.party.alikeText')} /> : null}
      onDone={() => void save()}
    >
      <Main draft={draft} set={set} isNew={party_id === null} />
      {isAlike ? null : <Alike draft={draft} party_id={party_id} role={role} />}
      <Trade draft={draft} set={set} />
      <Panel title={t('ui.party.contacts')}>
        <ContactRows contacts={draft.contacts} onChange={(contacts) => set({ contacts })} />
      </Panel>
      <Panel title={t('ui.party.addresses')}>
        <AddressRows addresses={draft.addresses} onChange={(addresses) => set({ addresses })} />
      </Panel>
      <TaxAndBank draft={draft} set={set} />
    </FormPage>
  )
}

const CHAIN_ROLES = ['head', 'dealer', 'end'] as const

type PartProps = { readonly draft: PartyDraft; set(changes: Partial<PartyDraft>): void }

function Main({ draft, set, isNew }: PartProps & { isNew: boolean }) {
  const { t } = useTranslation()
  const { name, short_name, is_customer, price_level } = draft
  const region = (draft.addresses.find((a) => a.is_default === 1) ?? draft.addresses[0])?.region ?? null
  const next = useAsk('parties.nextCode', { name: name.trim(), short_name: short_name.trim(), is_customer, price_level: price_level.trim(), region }, { enabled: isNew, keeps: 'previous' })
  return (
    <section className="zg-card">
      <FieldRow>
        <TextInput label={t('ui.f.name')} path="name" isRequired span={5} autoFocus value={draft.name} onChange={(name) => set({ name })} />
        <TextInput label={t('ui.party.shortName')} path="short_name" span={3} value={draft.short_name} onChange={(short_name) => set({ short_name })} />
        <TextInput label={t('ui.f.code')} path="code" span={2} hint={isNew ? t('ui.codeHint') : undefined} placeholder={next.data ? t('ui.codes.next', next.data) : ''} value={draft.code} onChange={(code) => set({ code })} />
        <Field label={t('ui.party.kind')} path="kind" span={2}>
          {(ids) => (
            <SelectField
              {...ids}
              value={draft.kind}
              options={(['company', 'person'] as const).map((value) => ({ value, label: t(`ui.party.kind.${value}`) }))}
              onChange={(kind) => set({ kind: kind ?? 'company' })}
            />
          )}
        </Field>
        <TextInput label={t('ui.f.phone')} path="phone" span={3} inputMode="tel" value={draft.phone} onChange={(phone) => set({ phone })} />
        <TextInput label={t('ui.party.wechat')} path="handles" span={3} value={draft.wechat} onChange={(wechat) => set({ wechat })} />
        <TextInput label={t('ui.party.email')} path="email" span={3} inputMode="email" value={draft.email} onChange={(email) => set({ email })} />
        {isNew ? (
          <Field label={t('ui.party.owner')} path="assigned_to" span={3}>
            {(ids) => <ColleagueSelect {...ids} value={draft.assigned_to} onChange={(assigned_to) => set({ assigned_to })} />}
          </Field>
        ) : null}
        <div className="zg-field zg-field-check" style={{ gridColumn: 'span 3' }}>
          <span>
            <Checkbox checked={draft.is_customer === 1} onChange={(e) => set({ is_customer: e.target.checked ? 1 : 0 })}>
              {t('ui.kind.customer')}
            </Checkbox>
            <Checkbox checked={draft.is_supplier === 1} onChange={(e) => set({ is_supplier: e.target.checked ? 1 : 0 })}>
              {t('ui.kind.supplier')}
            </Checkbox>
          </span>
        </div>
      </FieldRow>
    </section>
  )
}

function Trade({ draft, set }: PartProps) {
  const { t } = useTranslation()
  return (
    <Panel title={t('ui.party.trade')}>
      <FieldRow>
        <Field label={t('ui.party.termsDays')} path="terms_days" span={2} hint={t('ui.party.termsHint')}>
          {(ids) => <WholeField {...ids} value={draft.terms_days} onChange={(terms_days) => set({ terms_days: terms_days ?? 0 })} />}
        </Field>
        <Field label={t('ui.party.creditLimit')} path="credit_limit_minor" span={3} hint={t('ui.party.creditHint')}>
          {(ids) => <MoneyField {...ids} value={draft.credit_limit_minor} onChange={(credit_limit_minor) => set({ credit_limit_minor })} />}
        </Field>
        <Field label={t('ui.party.parent')} path="parent_id" span={4} hint={t('ui.party.parentHint')}>
          {(ids) => <PartyPicker {...ids} role="any" value={draft.parent} onPick={(parent) => set({ parent })} onClear={() => set({ parent: null })} />}
        </Field>
        <Field label={t('ui.party.chainRole')} path="chain_role" span={3}>
          {(ids) => <SelectField {...ids} none={t('ui.party.chain.none')} value={draft.chain_role} options={CHAIN_ROLES.map((value) => ({ value, label: t(`ui.party.chain.${value}`) }))} onChange={(chain_role) => set({ chain_role })} />}
        </Field>
        <TextInput label={t('ui.party.priceLevel')} path="price_level" span={2} value={draft.price_level} onChange={(price_level) => set({ price_level })} />
        <TextInput label={t('ui.party.tags')} path="tags" span={5} hint={t('ui.party.tagsHint')} value={draft.tags} onChange={(tags) => set({ tags })} />
        <TextInput label={t('ui.party.aliases')} path="aliases" span={5} hint={t('ui.party.aliasesHint')} value={draft.aliases} onChange={(aliases) => set({ aliases })} />
        <ExtraInputs
          {...draft.own}
          target="parties.party"
          figures={{ terms_days: draft.terms_days, credit_limit_minor: draft.credit_limit_minor }}
          onChange={(own) => set({ own })}
        />
        <NoteInput span={7} value={draft.note} onChange={(note) => set({ note })} />
      </FieldRow>
    </Panel>
  )
}

function TaxAndBank({ draft, set }: PartProps) {
  const { t } = useTranslation()
  const texts = [
    ['tax_title', 'ui.party.taxTitle', 4],
    ['tax_no', 'ui.party.taxNo', 3],
    ['tax_phone', 'ui.party.taxPhone', 2],
    ['tax_address', 'ui.party.taxAddress', 3],
    ['bank_name', 'ui.party.bankName', 4],
    ['bank_account', 'ui.party.bankAccount', 4],
  ] as const
  return (
    <Panel title={t('ui.party.tax')}>
      <FieldRow>
        {texts.map(([key, label, span]) => (
          <TextInput key={key} label={t(label)} path={key} span={span} value={draft[key]} onChange={(value) => set({ [key]: value })} />
        ))}
      </FieldRow>
    </Panel>
  )
}
