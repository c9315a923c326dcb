import { useState, type ClipboardEvent } from 'react'
import { Alert, App, Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { useNavigate, useParams } from 'react-router'
import { ask } from '../../api/client.ts'
import { useSession } from '../../api/session.tsx'
import { useAsk } from '../../api/use-ask.ts'
import { useRun } from '../../api/use-run.ts'
import { ExtraInputs, noExtra, type ExtraDraft } from '../../ui/custom-fields/extra-inputs.tsx'
import { Panel } from '../../ui/document-page.tsx'
import { useDraft } from '../../ui/draft/use-draft.ts'
import { Field, FieldRow } from '../../ui/fields/field.tsx'
import { TextInput } from '../../ui/fields/inputs.tsx'
import { TextArea } from '../../ui/fields/value-fields.tsx'
import { FormPage } from '../../ui/form-page.tsx'
import { NoMessage } from '../../ui/no-message.tsx'
import { PartyPicker, type PickedParty } from '../parties/party-picker.tsx'
import { Known } from './known.tsx'
import type { Lead } from './lead-words.ts'

const textKeys = ['company', 'name', 'title', 'phone', 'email', 'wechat', 'tax_no', 'address', 'source', 'campaign', 'note'] as const
type TextKey = (typeof textKeys)[number]
type LeadDraft = Readonly<Record<TextKey, string>> & { readonly referrer: PickedParty | null; readonly own: ExtraDraft }

const emptyDraft: LeadDraft = { company: '', name: '', title: '', phone: '', email: '', wechat: '', tax_no: '', address: '', source: '', campaign: '', note: '', referrer: null, own: noExtra }
const draftOf = (lead: Lead): LeadDraft => ({
  ...(Object.fromEntries(textKeys.map((key) => [key, lead[key] ?? ''])) as Record<TextKey, string>),
  referrer: lead.referrer_id === null ? null : { party_id: lead.referrer_id, name: lead.referrer_name ?? '' },
  own: { extra: lead.extra, extra_names: lead.extra_names },
})
const sent = ({ referrer, own, ...texts }: LeadDraft) => ({
  ...(Object.fromEntries(textKeys.map((key) => [key, texts[key].trim() === '' ? null : texts[key].trim()])) as Record<TextKey, string | null>),
  referrer_id: referrer?.party_id ?? null,
  extra: { ...own.extra },
})

export function LeadFormPage() {
  const { lead_id } = useParams()
  const { data, error } = useAsk('crm.lead', { lead_id: lead_id ?? '' }, { enabled: lead_id !== undefined })
  if (error) return <div className="zg-page"><NoMessage error={error} /></div>
  if (lead_id !== undefined && !data) return <div className="zg-page" aria-busy />
  return <LeadForm key={lead_id ?? 'new'} lead_id={lead_id ?? null} first={data ? draftOf(data) : emptyDraft} />
}

/** A lead on one page: typed, or pasted as it comes; who is known already is said at once. */
function LeadForm({ lead_id, first }: { lead_id: string | null; first: LeadDraft }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { message } = App.useApp()
  const { user } = useSession()
  const { data: colleagues } = useAsk('platform.colleagues', {})
  const { draft, set, form } = useDraft(first)
  const { data: words } = useAsk('crm.leadWords', {})
  const create = useRun('crm.createLead', form)
  const update = useRun('crm.updateLead', form)
  const no = create.no ?? update.no
  const isKnown = no?.code === 'crm.looksLikeKnown'
  const save = async (): Promise<void> => {
    const input = { ...sent(draft), accept_duplicate: isKnown ? (1 as const) : (0 as const) }
    const said = lead_id === null ? await create.run(input) : await update.run({ lead_id, ...input })
    if (!said?.ok) return
    form.settle()
    const routed = 'owner_id' in said.output && said.output.owner_id !== user.id ? said.output.owner_id : null
    if (routed === null) void message.success(t('ui.saved'))
    else void message.success(t('ui.crm.route.routed', { name: colleagues?.rows.find((c) => c.user_id === routed)?.name ?? '' }), 6)
    // A rule may have given it to somebody whose leads are not for one's eyes.
    const { lead_id: saved } = said.output
    const isSeen = routed === null || (await ask('crm.lead', { lead_id: saved }).then(() => true, () => false))
    void navigate(isSeen ? `/crm/leads/${saved}` : '/crm/leads', { replace: true })
  }
  const text = (key: TextKey, label: string, span: number, more: { list?: string; autoFocus?: boolean; isRequired?: true } = {}) => (
    <TextInput label={label} path={key} span={span} {...more} value={draft[key]} onChange={(value) => set({ [key]: value })} />
  )
  return (
    <FormPage
      kind={t(lead_id === null ? 'ui.nav.newLead' : 'command.crm.updateLead')}
      backTo={{ path: '/crm/leads', label: t('ui.nav.leads') }}
      form={form}
      {...(isKnown ? { action: t('ui.crm.lead.saveAnyway') } : {})}
      runs={[create, update]}
      no={isKnown ? null : no}
      messages={isKnown ? <Alert type="warning" showIcon role="alert" title={t('ui.crm.lead.knownSure')} /> : null}
      onDone={() => void save()}
    >
      {lead_id === null ? <PasteBox onTaken={(taken) => set({ ...taken, note: [draft.note, taken.note].filter(Boolean).join('\n') })} /> : null}
      <section className="zg-card">
        <FieldRow>
          {text('company', t('field.crm.company'), 5, { autoFocus: true })}
          {text('name', t('field.crm.name'), 4)}
          {text('title', t('field.crm.title_of'), 3)}
          {text('phone', t('ui.f.phone'), 3)}
          {text('email', t('ui.party.email'), 4)}
          {text('wechat', t('ui.party.wechat'), 2)}
          {text('tax_no', t('ui.party.taxNo'), 3)}
          {text('address', t('field.crm.address'), 12)}
        </FieldRow>
      </section>
      <Known identity={{ ...(lead_id === null ? {} : { lead_id }), name: draft.name, company: draft.company, phone: draft.phone, email: draft.email, tax_no: draft.tax_no }} />
      <Panel title={t('ui.crm.lead.origin')}>
        <FieldRow>
          {text('source', t('field.crm.source'), 3, { list: 'crm-sources' })}
          {text('campaign', t('field.crm.campaign'), 4, { list: 'crm-campaigns' })}
          <datalist id="crm-sources">{words?.sources.map((word) => <option key={word} value={word} />)}</datalist>
          <datalist id="crm-campaigns">{words?.campaigns.map((word) => <option key={word} value={word} />)}</datalist>
          <Field label={t('field.crm.referrer_id')} path="referrer_id" span={5}>
            {(ids) => <PartyPicker {...ids} role="any" value={draft.referrer} onPick={(referrer) => set({ referrer })} onClear={() => set({ referrer: null })} />}
          </Field>
          <Field label={t('ui.crm.lead.need')} path="note" span={12}>
            {(ids) => <TextArea {...ids} rows={3} value={draft.note} onChange={(note) => set({ note })} />}
          </Field>
          <ExtraInputs {...draft.own} target="crm.lead" figures={{}} onChange={(own) => set({ own })} />
        </FieldRow>
      </Panel>
    </FormPage>
  )
}

/** A signature, a card or a line of chat goes in whole and is taken apart into the fields below. */
function PasteBox({ onTaken }: { onTaken(taken: Partial<Record<TextKey, string>>): void }) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const [text, setText] = useState('')
  const take = async (whole: string): Promise<void> => {
    if (whole.trim() === '') return
    const taken = await ask('crm.takeApart', { text: whole.slice(0, 4000) })
    const found = Object.entries(taken).filter(([, value]) => value !== '')
    onTaken(Object.fromEntries(found))
    setText('')
    void message.success(t('ui.crm.lead.taken', { count: found.length }))
  }
  const onPaste = (event: ClipboardEvent): void => {
    event.preventDefault()
    void take(event.clipboardData.getData('text'))
  }
  return (
    <section className="zg-card" onPaste={onPaste}>
      <FieldRow>
        <Field label={t('ui.crm.lead.paste')} hint={t('ui.crm.lead.pasteHint')} span={10}>
          {(ids) => <TextArea {...ids} rows={2} value={text} onChange={setText} />}
        </Field>
        <div style={{ gridColumn: 'span 2', alignSelf: 'center' }}>
          <Button disabled={text.trim() === ''} onClick={() => void take(text)}>
            {t('ui.crm.lead.takeApart')}
          </Button>
        </div>
      </FieldRow>
    </section>
  )
}
