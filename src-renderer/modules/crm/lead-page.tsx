import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate, useParams } from 'react-router'
import { useSession } from '../../api/session.tsx'
import { useAsk } from '../../api/use-ask.ts'
import { useRun } from '../../api/use-run.ts'
import { ActionButtons } from '../../ui/action-buttons.tsx'
import { ActionDialog, FormDialog } from '../../ui/action-dialog.tsx'
import { useExtraFacts } from '../../ui/custom-fields/extra-facts.ts'
import { DocumentPage, FactCard } from '../../ui/document-page.tsx'
import { Field, FieldRow } from '../../ui/fields/field.tsx'
import { TextInput } from '../../ui/fields/inputs.tsx'
import { NoMessage, RefusalMessage } from '../../ui/no-message.tsx'
import { ReasonDialog } from '../../ui/reason-dialog.tsx'
import { StatusTag } from '../../ui/status-tag.tsx'
import { ColleagueSelect } from '../parties/assign-dialog.tsx'
import { erasePath } from '../platform/erase-page.tsx'
import { PartyPicker, type PickedParty } from '../parties/party-picker.tsx'
import { Known } from './known.tsx'
import { leadName, leadTone, type Lead } from './lead-words.ts'
import { reasonsText } from './score-words.ts'
import { Timeline } from './timeline.tsx'

/** A lead: who it is, where it came from, what was said, and the way to a customer. */
export function LeadPage() {
  const { lead_id = '' } = useParams()
  const { data: lead, error } = useAsk('crm.lead', { lead_id })
  if (error) return <div className="zg-page"><NoMessage error={error} /></div>
  return lead ? <LeadView lead={lead} /> : <div className="zg-page" aria-busy />
}

function LeadView({ lead }: { lead: Lead }) {
  const { t } = useTranslation()
  const { may } = useSession()
  const navigate = useNavigate()
  const [front, setFront] = useState<'convert' | 'lose' | 'assign' | null>(null)
  const revive = useRun('crm.reviveLead')
  const own = useExtraFacts('crm.lead', lead)
  const { lead_id, state } = lead
  const isMine = may('crm.lead')
  return (
    <DocumentPage
      kind={leadName(lead)}
      isNamed
      record={{ kind: 'crm.lead', id: lead_id }}
      backTo={{ path: '/crm/leads', label: t('ui.nav.leads') }}
      tags={
        <>
          <span className="zg-soft zg-figures">{lead.code}</span>
          <StatusTag tone={leadTone[state]}>{t(`state.lead.${state}`)}</StatusTag>
        </>
      }
      actions={
        <ActionButtons
          offers={[
            isMine && (state === 'new' || state === 'working') && { text: t('command.crm.loseLead'), run: () => setFront('lose') },
            isMine && state === 'lost' && { text: t('command.crm.reviveLead'), isRunning: revive.isRunning, run: () => void revive.run({ lead_id }) },
            may('crm.assign') && (state === 'new' || state === 'working') && { text: t('command.crm.assignTo'), run: () => setFront('assign') },
            may('platform.erase') && state !== 'converted' && { text: t('ui.erase.action'), run: () => void navigate(erasePath('crm.lead', lead_id)) },
            isMine && state !== 'converted' && { text: t('ui.edit'), run: () => void navigate(`/crm/leads/${lead_id}/edit`) },
            isMine && state !== 'converted' && may('parties.write') && { text: t('command.crm.convertLead'), look: 'main', run: () => setFront('convert') },
          ]}
        />
      }
      messages={<RefusalMessage no={revive.no} />}
    >
      <FactCard
        facts={[
          lead.company && lead.name ? [t('field.crm.name'), [lead.name, lead.title].filter(Boolean).join(' · ')] : lead.title ? [t('field.crm.title_of'), lead.title] : null,
          [t('ui.f.phone'), lead.phone],
          [t('ui.party.email'), lead.email],
          [t('ui.party.wechat'), lead.wechat],
          lead.tax_no ? [t('ui.party.taxNo'), lead.tax_no] : null,
          lead.address ? [t('field.crm.address'), lead.address] : null,
          [t('field.crm.source'), lead.source],
          lead.campaign ? [t('field.crm.campaign'), lead.campaign] : null,
          lead.referrer_id ? [t('field.crm.referrer_id'), <Link to={`/customers/${lead.referrer_id}`}>{lead.referrer_name}</Link>] : null,
          lead.score === null ? null : [t('ui.crm.score'), lead.reasons.length === 0 ? lead.score : `${lead.score} = ${reasonsText(lead.reasons, t)}`],
          [t('ui.party.owner'), lead.owner_name ?? t('ui.crm.lead.show.pool')],
          [t('field.crm.created_on'), lead.created_on],
          lead.party_id ? [t('ui.crm.lead.became'), <Link to={`/customers/${lead.party_id}`}>{lead.party_name}</Link>] : null,
          lead.converted_on ? [t('field.crm.converted_on'), lead.converted_on] : null,
          lead.lost_reason ? [t('field.crm.lost_reason'), lead.lost_reason] : null,
          ...own,
          lead.note ? [t('ui.crm.lead.need'), lead.note] : null,
        ]}
      />
      <Timeline subject={{ party_id: null, lead_id, opportunity_id: null, name: leadName(lead) }} />
      {front === 'convert' ? <ConvertDialog lead={lead} onClose={() => setFront(null)} /> : null}
      {front === 'assign' ? <AssignDialog lead={lead} onClose={() => setFront(null)} /> : null}
      {front === 'lose' ? (
        <ReasonDialog name="crm.loseLead" needs="reason" text={t('ui.crm.lead.loseText')} inputOf={(reason) => ({ lead_id, lost_reason: reason ?? '' })} onClose={() => setFront(null)} />
      ) : null}
    </DocumentPage>
  )
}

/** Gives the lead to a colleague, whoever has it. */
function AssignDialog({ lead, onClose }: { lead: Lead; onClose(): void }) {
  const { t } = useTranslation()
  const [user_id, setUser] = useState(lead.owner_id)
  return (
    <ActionDialog name="crm.assignTo" subject={leadName(lead)} isReady={user_id !== null && user_id !== lead.owner_id} inputOf={() => ({ lead_id: lead.lead_id, user_id: user_id ?? '' })} onClose={onClose}>
      <Field label={t('ui.party.owner')} path="user_id">
        {(ids) => <ColleagueSelect {...ids} value={user_id} onChange={setUser} />}
      </Field>
    </ActionDialog>
  )
}

/** A new customer, or a contact of one who is there already: who looks alike is said first. */
function ConvertDialog({ lead, onClose }: { lead: Lead; onClose(): void }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const [party, setParty] = useState<PickedParty | null>(null)
  const [deal, setDeal] = useState('')
  const convert = useRun('crm.convertLead')
  const isAlike = convert.no?.code === 'parties.looksLikeDuplicate'
  const go = async (): Promise<void> => {
    const said = await convert.run({ lead_id: lead.lead_id, opportunity: deal.trim() === '' ? null : { name: deal.trim() }, ...(party === null ? { accept_duplicate: isAlike ? 1 : 0 } : { party_id: party.party_id }) })
    if (!said?.ok) return
    const { party_id, opportunity_id } = said.output
    void navigate(opportunity_id === null ? `/customers/${party_id}` : `/crm/deals/${opportunity_id}`)
  }
  return (
    <FormDialog
      title={`${t('command.crm.convertLead')} · ${leadName(lead)}`}
      okText={party === null ? t(isAlike ? 'ui.party.createAnyway' : 'ui.crm.lead.convertNew') : t('ui.crm.lead.convertInto', { name: party.name })}
      enter="submits"
      width={640}
      text={t('ui.crm.lead.convertText')}
      no={convert.no}
      isRunning={convert.isRunning}
      onOk={go}
      onClose={onClose}
    >
      <Known identity={{ lead_id: lead.lead_id, name: lead.name ?? '', company: lead.company ?? '', phone: lead.phone ?? '', email: lead.email ?? '', tax_no: lead.tax_no ?? '' }} />
      <FieldRow>
        <Field label={t('ui.crm.lead.into')} hint={t('ui.crm.lead.intoHint')} path="party_id" span={12}>
          {(ids) => <PartyPicker {...ids} role="any" value={party} onPick={setParty} onClear={() => setParty(null)} />}
        </Field>
        <TextInput label={t('ui.crm.lead.deal')} path="opportunity.name" hint={t('ui.crm.lead.dealHint')} span={12} maxLength={200} value={deal} onChange={setDeal} />
      </FieldRow>
    </FormDialog>
  )
}
