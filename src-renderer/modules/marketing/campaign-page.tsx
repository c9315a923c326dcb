import { useState } from 'react'
import { App, Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate, useParams } from 'react-router'
import type { AskInput, RowOf } from '../../api/operations.ts'
import { useSession } from '../../api/session.tsx'
import { useAsk } from '../../api/use-ask.ts'
import { useRun } from '../../api/use-run.ts'
import { ActionButtons, RowButtons } from '../../ui/action-buttons.tsx'
import { ActionDialog } from '../../ui/action-dialog.tsx'
import { DocumentPage, FactCard, Panel, Sums } from '../../ui/document-page.tsx'
import { wordsOf, type Column } from '../../ui/data-grid/columns.ts'
import { ListExport } from '../../ui/data-grid/list-export.tsx'
import { Field, FieldRow } from '../../ui/fields/field.tsx'
import { SelectField, TextArea } from '../../ui/fields/value-fields.tsx'
import { useFormat } from '../../ui/format.ts'
import { SearchBox } from '../../ui/list-page.tsx'
import { NoMessage, RefusalMessage } from '../../ui/no-message.tsx'
import { ReasonDialog } from '../../ui/reason-dialog.tsx'
import { StatusTag } from '../../ui/status-tag.tsx'
import { Table } from '../../ui/table.tsx'
import { PartyPicker, type PickedParty } from '../parties/party-picker.tsx'
import { CampaignDialog } from './campaign-dialog.tsx'
import { PartsDialog } from './post-panel.tsx'
import { campaignTone, mailStates, mailTone, responses, wholePercent, type Campaign, type MailState } from './campaign-words.ts'

type Member = RowOf<'marketing.members'>

/** A campaign: what it cost and brought, whom it speaks to, its letters, and what was answered. */
export function CampaignPage() {
  const { campaign_id = '' } = useParams()
  const { t } = useTranslation()
  const format = useFormat()
  const { may } = useSession()
  const navigate = useNavigate()
  const [front, setFront] = useState<'edit' | 'add' | null>(null)
  const { data: campaign, error } = useAsk('marketing.campaign', { campaign_id })
  const move = useRun('marketing.moveCampaign')
  if (error) return <div className="zg-page"><NoMessage error={error} /></div>
  if (!campaign) return <div className="zg-page" aria-busy />
  const writes = may('marketing.write')
  const to = (state: Campaign['state']) => () => void move.run({ campaign_id, state })
  return (
    <DocumentPage
      kind={campaign.name}
      isNamed
      record={{ kind: 'marketing.campaign', id: campaign_id }}
      backTo={{ path: '/marketing/campaigns', label: t('ui.nav.campaigns') }}
      tags={
        <>
          <span className="zg-soft zg-figures">{campaign.number}</span>
          <StatusTag tone={campaignTone[campaign.state]}>{t(`state.campaign.${campaign.state}`)}</StatusTag>
        </>
      }
      actions={
        <ActionButtons
          offers={[
            writes && campaign.state === 'running' && { text: t('ui.marketing.toPlan'), run: to('planned') },
            writes && campaign.state !== 'closed' && { text: t('ui.marketing.toClose'), run: to('closed') },
            writes && campaign.state === 'closed' && { text: t('ui.marketing.reopen'), run: to('running') },
            writes && campaign.state === 'planned' && { text: t('ui.marketing.toRun'), run: to('running') },
            writes && { text: t('ui.edit'), run: () => setFront('edit') },
            writes && campaign.state !== 'closed' && { text: t('command.marketing.addMembers'), run: () => setFront('add') },
            writes && { text: t('command.marketing.createLetter'), look: 'main', run: () => void navigate(`/marketing/campaigns/${campaign_id}/letter`) },
          ]}
        />
      }
      messages={<RefusalMessage no={move.no} />}
      side={
        <Panel title={t('ui.marketing.figures')}>
          <Sums
            sums={[
              [t('field.marketing.members'), campaign.members],
              [t('state.mail.sent'), campaign.mailed],
              [t('state.mail.bounced'), campaign.bounced, campaign.bounced > 0 ? 'danger' : undefined],
              [t('field.marketing.responded'), campaign.responded],
              campaign.score_e2 === null ? null : [t('field.marketing.score_e2'), (campaign.score_e2 / 100).toFixed(2)],
              [t('field.marketing.leads'), `${campaign.leads} / ${campaign.won_leads}`],
              [t('field.marketing.buyers'), campaign.buyers],
              [t('field.marketing.orders'), campaign.orders],
              [t('field.marketing.net_minor'), format.money(campaign.net_minor)],
              [t('field.marketing.margin_minor'), format.money(campaign.margin_minor)],
              [t('field.marketing.cost_minor'), format.money(campaign.cost_minor)],
              [t('field.marketing.roi_e8'), format.percent(wholePercent(campaign.roi_e8)), 'strong'],
            ]}
          />
          <p className="zg-soft">{t('ui.marketing.countedShort')}</p>
        </Panel>
      }
    >
      <FactCard
        facts={[
          [t('field.marketing.channel'), t(`ui.marketing.channel.${campaign.channel}`)],
          [t('field.marketing.from_on'), campaign.from_on],
          [t('field.marketing.to_on'), campaign.to_on],
          [t('field.marketing.owner_id'), campaign.owner_name],
          campaign.note ? [t('ui.f.note'), campaign.note] : null,
        ]}
      />
      <Panel title={t('ui.marketing.letters')}>
        <Table
          look="bare"
          rows={campaign.letters}
          none={t('ui.marketing.lettersNone')}
          keyOf={(l) => l.letter_id}
          columns={[
            { key: 'subject', title: t('field.marketing.subject'), render: (l) => <Link to={`/marketing/letters/${l.letter_id}`}>{l.subject}</Link> },
            { key: 'state', title: t('field.marketing.state'), render: (l) => t(`state.letter.${l.state}`) },
            ...(['waiting', 'sent', 'bounced', 'unknown', 'failed', 'skipped'] as const).map((state) => ({ key: state, title: t(`state.mail.${state}`), align: 'end' as const, render: (l: Campaign['letters'][number]) => l[state] })),
            { key: 'replied', title: t('ui.marketing.repliedAfter'), align: 'end', render: (l) => l.replied },
            { key: 'ordered', title: t('ui.marketing.orderedAfter'), align: 'end', render: (l) => l.ordered ?? '' },
          ]}
        />
      </Panel>
      <Sequences campaign_id={campaign_id} />
      <Members campaign={campaign} />
      {front === 'edit' ? <CampaignDialog campaign={campaign} onDone={() => undefined} onClose={() => setFront(null)} /> : null}
      {front === 'add' ? <AddDialog campaign={campaign} onClose={() => setFront(null)} /> : null}
    </DocumentPage>
  )
}

function Sequences({ campaign_id }: { campaign_id: string }) {
  const { t } = useTranslation()
  const { may } = useSession()
  const navigate = useNavigate()
  const { data } = useAsk('marketing.sequences', { campaign_id })
  return (
    <Panel title={t('query.marketing.sequences')} extra={<ActionButtons offers={[may('marketing.write') && { text: t('command.marketing.createSequence'), run: () => void navigate(`/marketing/campaigns/${campaign_id}/sequence`) }]} />}>
      <Table
        look="bare"
        rows={data?.rows}
        none={t('ui.marketing.sequencesNone')}
        keyOf={(s) => s.sequence_id}
        columns={[
          { key: 'name', title: t('field.marketing.name'), render: (s) => <Link to={`/marketing/sequences/${s.sequence_id}`}>{s.name}</Link> },
          { key: 'state', title: t('field.marketing.state'), render: (s) => t(`state.sequence.${s.state}`) },
          { key: 'steps', title: t('ui.marketing.steps'), align: 'end', render: (s) => s.steps },
          { key: 'walking', title: t('state.walk.walking'), align: 'end', render: (s) => s.walking },
          { key: 'reached', title: t('state.walk.reached'), align: 'end', render: (s) => s.reached },
          { key: 'finished', title: t('state.walk.finished'), align: 'end', render: (s) => s.finished },
          { key: 'left', title: t('state.walk.left'), align: 'end', render: (s) => s.has_left },
        ]}
      />
    </Panel>
  )
}

type Show = NonNullable<AskInput<'marketing.members'>['show']>

function Members({ campaign }: { campaign: Campaign }) {
  const { t } = useTranslation()
  const { may } = useSession()
  const [text, setText] = useState('')
  const [show, setShow] = useState<Show>('all')
  const [answered, setAnswered] = useState<Member | null>(null)
  const remove = useRun('marketing.removeMember')
  const [leaving, setLeaving] = useState<Member | null>(null)
  const [isLabelling, setLabelling] = useState(false)
  const { data } = useAsk('marketing.members', { campaign_id: campaign.campaign_id, text, show, limit: 100 }, { keeps: 'previous' })
  const writes = may('marketing.write')
  return (
    <Panel title={`${t('ui.marketing.members')} (${data?.total ?? 0})`}>
      <div className="zg-stack">
        <RefusalMessage no={remove.no} />
        <div className="zg-filters">
          <SearchBox value={text} onChange={setText} placeholder={t('ui.marketing.membersFind')} />
          <SelectField
            aria-label={t('field.marketing.state')}
            none={t('ui.all')}
            value={show === 'all' ? null : show}
            options={[
              { value: 'responded', label: t('field.marketing.responded') },
              { value: 'bounced', label: t('state.mail.bounced') },
              { value: 'unsubscribed', label: t('ui.marketing.isUnsubscribed') },
              { value: 'without_email', label: t('ui.marketing.withoutEmail') },
              { value: 'without_address', label: t('ui.marketing.withoutAddress') },
            ]}
            onChange={(value) => setShow((value ?? 'all') as Show)}
          />
          <span className="zg-spring" />
          {data && data.total > 0 && (show === 'all' || show === 'without_email') ? <Button onClick={() => setLabelling(true)}>{t('ui.marketing.printLabels')}</Button> : null}
          <ListExport name="marketing.members" title={`${campaign.name} ${t('ui.marketing.members')}`} input={{ campaign_id: campaign.campaign_id, text, show }} columns={useListColumns()} />
        </div>
        <Table
          look="bare"
          rows={data?.rows}
          none={t('ui.marketing.membersNone')}
          keyOf={(m) => m.member_id}
          columns={[
            { key: 'name', title: t('ui.f.customer'), render: (m) => <Link to={`/customers/${m.party_id}`}>{m.name}</Link> },
            { key: 'email', title: t('field.marketing.email'), render: (m) => m.email ?? <span className="zg-soft">{m.address}</span> },
            {
              key: 'mail',
              title: t('field.marketing.mail_state'),
              render: (m) => (m.is_unsubscribed ? <StatusTag tone="neutral">{t('ui.marketing.isUnsubscribed')}</StatusTag> : m.mail_state ? <StatusTag tone={mailTone[m.mail_state as MailState]}>{t(`state.mail.${m.mail_state}`)}</StatusTag> : null),
            },
            { key: 'response', title: t('field.marketing.response'), render: (m) => (m.response === null ? '' : [t(`ui.marketing.response.${m.response}`), m.score, m.answer].filter((x) => x !== null && x !== '').join(' · ')) },
            {
              key: 'actions',
              render: (m) => (
                <RowButtons
                  offers={[
                    writes && { text: t('command.marketing.recordResponse'), run: () => setAnswered(m) },
                    writes && m.is_unsubscribed === 0 && { text: t('command.marketing.unsubscribe'), run: () => setLeaving(m) },
                    writes && m.mail_state === null && { text: t('command.marketing.removeMember'), run: () => void remove.run({ member_id: m.member_id }) },
                  ]}
                />
              ),
            },
          ]}
        />
      </div>
      {isLabelling && data ? <PartsDialog name="marketing.address" input={{ campaign_id: campaign.campaign_id, show: show === 'without_email' ? show : 'all' }} count={data.total} title={t('ui.marketing.printLabels')} onClose={() => setLabelling(false)} /> : null}
      {leaving === null ? null : (
        <ReasonDialog
          name="marketing.unsubscribe"
          text={t('ui.marketing.forEver', { name: leaving.name })}
          inputOf={(reason) => ({ party_id: leaving.party_id, ...(leaving.email === null ? {} : { email: leaving.email }), reason })}
          onClose={() => setLeaving(null)}
        />
      )}
      {answered === null ? null : <ResponseDialog member={answered} onClose={() => setAnswered(null)} />}
    </Panel>
  )
}

/** The whole list of members, for who writes to them by other means. */
function useListColumns(): readonly Column<Member>[] {
  const { t } = useTranslation()
  const words = <N extends string>(names: readonly N[], key: (name: N) => string) => wordsOf(names, (name) => t(key(name as N)))
  const column = (key: keyof Member & string, title: string, more: Partial<Column<Member>> = {}): Column<Member> => ({ key, title, width: 120, from: key, render: (m) => m[key], ...more })
  return [
    column('name', t('ui.f.customer')),
    column('contact_name', t('field.marketing.contact_name')),
    column('email', t('field.marketing.email')),
    column('address', t('field.marketing.address')),
    column('mail_state', t('field.marketing.mail_state'), { words: words(mailStates, (name) => `state.mail.${name}`) }),
    column('is_unsubscribed', t('ui.marketing.isUnsubscribed'), { words: { 0: t('ui.no'), 1: t('ui.yes') } }),
    column('response', t('field.marketing.response'), { words: words(responses, (name) => `ui.marketing.response.${name}`) }),
    column('responded_on', t('ui.f.day')),
    column('score', t('field.marketing.score')),
    column('answer', t('field.marketing.answer')),
  ]
}

function ResponseDialog({ member, onClose }: { member: Member; onClose(): void }) {
  const { t } = useTranslation()
  const [response, setResponse] = useState<(typeof responses)[number]>(member.response ?? 'answered')
  const [score, setScore] = useState<string | null>(member.score === null ? null : String(member.score))
  const [answer, setAnswer] = useState(member.answer ?? '')
  return (
    <ActionDialog
      name="marketing.recordResponse"
      subject={member.name}
      inputOf={() => ({ member_id: member.member_id, response, score: score === null ? null : Number(score), answer: answer.trim() === '' ? null : answer.trim() })}
      onClose={onClose}
    >
      <FieldRow>
        <Field label={t('field.marketing.response')} path="response" span={6}>
          {(ids) => <SelectField {...ids} value={response} options={responses.map((value) => ({ value, label: t(`ui.marketing.response.${value}`) }))} onChange={(value) => setResponse(value ?? 'answered')} />}
        </Field>
        <Field label={t('field.marketing.score')} path="score" span={6}>
          {(ids) => <SelectField {...ids} none={t('ui.service.scoreNone')} value={score} options={['5', '4', '3', '2', '1'].map((value) => ({ value, label: t('ui.service.scores', { score: value }) }))} onChange={setScore} />}
        </Field>
        <Field label={t('field.marketing.answer')} path="answer" span={12}>
          {(ids) => <TextArea {...ids} rows={3} value={answer} onChange={setAnswer} />}
        </Field>
      </FieldRow>
    </ActionDialog>
  )
}

/** The audience: a saved segment as it is today, or one customer. */
function AddDialog({ campaign, onClose }: { campaign: Campaign; onClose(): void }) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const { may } = useSession()
  const { data } = useAsk('insights.segments', {}, { enabled: may('insights.read') })
  const [segment_id, setSegment] = useState<string | null>(null)
  const [party, setParty] = useState<PickedParty | null>(null)
  return (
    <ActionDialog
      name="marketing.addMembers"
      subject={campaign.name}
      text={t('ui.marketing.addText')}
      isReady={segment_id !== null || party !== null}
      inputOf={() => (segment_id === null ? { campaign_id: campaign.campaign_id, party_ids: party ? [party.party_id] : [] } : { campaign_id: campaign.campaign_id, segment_id })}
      onDone={(made) => void message.success(t('ui.marketing.added', made))}
      onClose={onClose}
    >
      <FieldRow>
        <Field label={t('field.marketing.segment_id')} path="segment_id" span={12}>
          {(ids) => <SelectField {...ids} none={t('ui.marketing.chooseSegment')} value={segment_id} options={(data?.rows ?? []).map((s) => ({ value: s.segment_id, label: s.name }))} onChange={(id) => { setSegment(id); setParty(null) }} />}
        </Field>
        {segment_id === null ? (
          <Field label={t('ui.marketing.orParty')} path="party_ids" span={12}>
            {(ids) => <PartyPicker {...ids} role="customer" value={party} onPick={setParty} onClear={() => setParty(null)} />}
          </Field>
        ) : null}
      </FieldRow>
      <Link to="/insights/segments">{t('ui.nav.segments')}</Link>
    </ActionDialog>
  )
}
