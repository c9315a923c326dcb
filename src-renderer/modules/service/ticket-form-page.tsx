import { App } from 'antd'
import { useTranslation } from 'react-i18next'
import { useNavigate, useParams, useSearchParams } from 'react-router'
import { useSession } from '../../api/session.tsx'
import { useAsk } from '../../api/use-ask.ts'
import { useRun } from '../../api/use-run.ts'
import { useDraft } from '../../ui/draft/use-draft.ts'
import { Field, FieldRow } from '../../ui/fields/field.tsx'
import { TextInput } from '../../ui/fields/inputs.tsx'
import { SelectField, TextArea } from '../../ui/fields/value-fields.tsx'
import { FormPage } from '../../ui/form-page.tsx'
import { useFormat } from '../../ui/format.ts'
import { NoMessage } from '../../ui/no-message.tsx'
import { EntityPicker } from '../../ui/picker/entity-picker.tsx'
import { searchItems, type ItemChoice } from '../catalog/item-search.ts'
import { PartyPicker, type PickedParty } from '../parties/party-picker.tsx'
import { SimilarTickets } from './similar.tsx'
import { nameIn, orNull, priorities, type Ticket } from './ticket-words.ts'
import './service.css'

type Source = { readonly source_kind: 'sales.order' | 'sales.delivery' | 'sales.invoice'; readonly source_id: string }
type Assign = 'rule' | 'none' | (string & {})
type TicketDraft = {
  readonly class_id: string | null
  readonly party: PickedParty | null
  readonly item: { readonly id: string; readonly label: string } | null
  readonly subject: string
  readonly text: string
  readonly contact_name: string
  readonly contact_phone: string
  readonly priority: string | null
  readonly assign: Assign
}
const empty: TicketDraft = { class_id: null, party: null, item: null, subject: '', text: '', contact_name: '', contact_phone: '', priority: null, assign: 'rule' }
const draftOf = (ticket: Ticket): TicketDraft => ({
  class_id: ticket.class_id,
  party: { party_id: ticket.party_id, name: ticket.party_name },
  item: ticket.item_id === null ? null : { id: ticket.item_id, label: ticket.item_name ?? '' },
  subject: ticket.subject,
  text: ticket.text ?? '',
  contact_name: ticket.contact_name ?? '',
  contact_phone: ticket.contact_phone ?? '',
  priority: String(ticket.priority),
  assign: 'rule',
})

/** What the address says a new ticket is about. */
function useAbout(): { isReady: boolean; first: TicketDraft; source: Source | null; label: string } {
  const { t } = useTranslation()
  const [params] = useSearchParams()
  const id = (key: string): string => params.get(key) ?? ''
  const [order, delivery, invoice, party, item] = [id('order'), id('delivery'), id('invoice'), id('party'), id('item')]
  const { data: o } = useAsk('sales.order', { order_id: order }, { enabled: order !== '' })
  const { data: d } = useAsk('sales.delivery', { delivery_id: delivery }, { enabled: delivery !== '' })
  const { data: i } = useAsk('sales.invoice', { invoice_id: invoice }, { enabled: invoice !== '' })
  const { data: p } = useAsk('parties.get', { party_id: party }, { enabled: party !== '' })
  const { data: g } = useAsk('catalog.item', { item_id: item }, { enabled: item !== '' })
  const document = o ?? d ?? i
  const [kind, source]: [string, Source | null] = order
    ? ['order', { source_kind: 'sales.order', source_id: order }]
    : delivery
      ? ['delivery', { source_kind: 'sales.delivery', source_id: delivery }]
      : invoice
        ? ['invoice', { source_kind: 'sales.invoice', source_id: invoice }]
        : ['', null]
  const lines: readonly { readonly item_id: string; readonly item_name: string }[] = document?.lines ?? []
  const only = new Set(lines.map((l) => l.item_id)).size === 1 ? lines[0]! : undefined
  return {
    isReady: (source === null || document !== undefined) && (party === '' || p !== undefined) && (item === '' || g !== undefined),
    source,
    label: source === null ? '' : t('ui.service.source', { kind: t(`ui.kind.${kind}`), number: document?.number ?? '' }),
    first: {
      ...empty,
      party: document ? { party_id: document.party_id, name: document.party_name } : p ? { party_id: p.party_id, name: p.name } : null,
      item: g ? { id: g.item_id, label: g.name } : only ? { id: only.item_id, label: only.item_name } : null,
      contact_phone: p?.phone ?? '',
    },
  }
}

export function TicketFormPage() {
  const { ticket_id } = useParams()
  const about = useAbout()
  const { data, error } = useAsk('service.ticket', { ticket_id: ticket_id ?? '' }, { enabled: ticket_id !== undefined })
  if (error) return <div className="zg-page"><NoMessage error={error} /></div>
  if (ticket_id === undefined ? !about.isReady : !data) return <div className="zg-page" aria-busy />
  return <TicketForm key={ticket_id ?? about.source?.source_id ?? 'new'} ticket={data ?? null} first={data ? draftOf(data) : about.first} source={data ? null : about.source} label={about.label} />
}

type FormProps = { readonly ticket: Ticket | null; readonly first: TicketDraft; readonly source: Source | null; readonly label: string }

/** A ticket on one page; while it is written, those like it stand beside it. */
function TicketForm({ ticket, first, source, label }: FormProps) {
  const { t } = useTranslation()
  const { locale } = useFormat()
  const { may } = useSession()
  const format = useFormat()
  const navigate = useNavigate()
  const { message } = App.useApp()
  const { draft, set, form } = useDraft(first)
  const { data: setup } = useAsk('service.classes', {})
  const create = useRun('service.createTicket', form)
  const update = useRun('service.updateTicket', form)
  const classes = (setup?.rows ?? []).filter((c) => c.is_active === 1 || c.class_id === ticket?.class_id)
  const chosen = classes.find((c) => c.class_id === draft.class_id)
  const priority = draft.priority ?? (chosen ? String(chosen.priority) : null)
  const save = async (): Promise<void> => {
    const input = {
      class_id: draft.class_id ?? '', subject: draft.subject, text: orNull(draft.text), contact_name: orNull(draft.contact_name), contact_phone: orNull(draft.contact_phone), item_id: draft.item?.id ?? null,
    }
    const urgency = Number(priority ?? 2) as 1 | 2 | 3
    const said = ticket === null
      ? await create.run({
          ...input,
          ...(draft.party ? { party_id: draft.party.party_id } : { party_id: '' }),
          ...(source === null ? {} : { source }),
          ...(draft.priority === null ? {} : { priority: urgency }),
          ...(draft.assign === 'rule' ? {} : { assignee_id: draft.assign === 'none' ? null : draft.assign }),
        })
      : await update.run({ ticket_id: ticket.ticket_id, ...input, priority: urgency })
    if (!said?.ok) return
    form.settle()
    void message.success('number' in said.output ? t('ui.service.given', { number: said.output.number }) : t('ui.saved'))
    void navigate(`/service/tickets/${said.output.ticket_id}`, { replace: true })
  }
  return (
    <FormPage
      kind={t(ticket === null ? 'ui.nav.newTicket' : 'command.service.updateTicket')}
      number={ticket?.number ?? null}
      backTo={{ path: '/service/tickets', label: t('ui.nav.tickets') }}
      form={form}
      runs={[create, update]}
      onDone={() => void save()}
    >
      {label === '' ? null : <div className="zg-hint-bar">{label}</div>}
      <div className="zg-document">
        <section className="zg-card">
          <FieldRow>
            <Field label={t('ui.f.customer')} path="party_id" isRequired span={6}>
              {(ids) => <PartyPicker {...ids} role="customer" disabled={ticket !== null || source !== null} autoFocus={draft.party === null} value={draft.party} onPick={(party) => set({ party })} onClear={() => set({ party: null })} />}
            </Field>
            <Field label={t('field.service.class_id')} path="class_id" isRequired span={6}>
              {(ids) => (
                <SelectField
                  {...ids}
                  none={t('ui.service.chooseClass')}
                  value={draft.class_id}
                  options={classes.map((c) => ({ value: c.class_id, label: `${t(`ui.service.kind.${c.kind}`)} · ${nameIn(c, locale)}` }))}
                  onChange={(class_id) => set({ class_id })}
                />
              )}
            </Field>
            <TextInput label={t('field.service.subject')} path="subject" isRequired span={12} autoFocus={draft.party !== null} value={draft.subject} onChange={(subject) => set({ subject })} />
            <Field label={t('field.service.text')} path="text" span={12}>
              {(ids) => <TextArea {...ids} rows={4} value={draft.text} onChange={(text) => set({ text })} />}
            </Field>
            <Field label={t('ui.f.item')} path="item_id" span={6}>
              {(ids) => (
                <EntityPicker<ItemChoice>
                  {...ids}
                  placeholder={t('ui.item.find')}
                  chosen={draft.item}
                  search={(text) => searchItems(text, { price: format.price })}
                  onPick={({ item }) => set({ item: { id: item.item_id, label: item.name } })}
                  onClear={() => set({ item: null })}
                />
              )}
            </Field>
            <TextInput label={t('field.service.contact_name')} path="contact_name" span={3} value={draft.contact_name} onChange={(contact_name) => set({ contact_name })} />
            <TextInput label={t('field.service.contact_phone')} path="contact_phone" span={3} value={draft.contact_phone} onChange={(contact_phone) => set({ contact_phone })} />
            <Field label={t('field.service.priority')} path="priority" span={6}>
              {(ids) => <SelectField {...ids} value={priority ?? '2'} options={priorities.map((value) => ({ value, label: t(`ui.service.priority.${value}`) }))} onChange={(value) => set({ priority: value })} />}
            </Field>
            {ticket === null ? (
              <Field label={t('field.service.assignee_id')} path="assignee_id" span={6}>
                {(ids) => (
                  <SelectField
                    {...ids}
                    value={draft.assign}
                    options={[
                      { value: 'rule', label: chosen ? `${t('ui.service.assignee.rule')} (${t(`ui.service.rule.${chosen.rule}`)})` : t('ui.service.assignee.rule') },
                      { value: 'none', label: t('ui.service.assignee.none') },
                      ...(setup?.people ?? []).map((p) => ({ value: p.user_id, label: p.name })),
                    ]}
                    onChange={(assign) => set({ assign: assign ?? 'rule' })}
                  />
                )}
              </Field>
            ) : null}
          </FieldRow>
        </section>
        <aside className="zg-stack" aria-label={t('ui.service.similar')}>
          {may('service.read') ? (
            <SimilarTickets
              text={`${draft.subject} ${draft.text}`}
              item_id={draft.item?.id ?? null}
              class_id={draft.class_id}
              party_id={draft.party?.party_id ?? null}
              {...(ticket === null ? {} : { except_id: ticket.ticket_id })}
            />
          ) : null}
        </aside>
      </div>
    </FormPage>
  )
}
