import { useState } from 'react'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import type { RowOf, RunInput } from '../../api/operations.ts'
import { useSession } from '../../api/session.tsx'
import { useAsk } from '../../api/use-ask.ts'
import { useRun } from '../../api/use-run.ts'
import { FormDialog } from '../../ui/action-dialog.tsx'
import { RowButtons } from '../../ui/action-buttons.tsx'
import { Panel } from '../../ui/document-page.tsx'
import { Field, FieldRow } from '../../ui/fields/field.tsx'
import { ActiveInput, PositionInput, TextInput } from '../../ui/fields/inputs.tsx'
import { ParsedInput } from '../../ui/fields/parsed-input.tsx'
import { SelectField, WholeField } from '../../ui/fields/value-fields.tsx'
import { RefusalMessage } from '../../ui/no-message.tsx'
import { Table } from '../../ui/table.tsx'
import { useSure } from '../../ui/use-sure.ts'
import { ColleagueSelect } from '../parties/assign-dialog.tsx'
import { SettingsPage } from '../platform/settings-page.tsx'
import { resultNames } from './activity-fields.tsx'
import { pointsText, reasonText, scoreFacts, type ScoreFact } from './score-words.ts'

type ScoreRule = RowOf<'crm.scoreRules'>
type RoutingRule = RowOf<'crm.routingRules'>
type Method = RoutingRule['method']
const methods: readonly Method[] = ['person', 'in_turn', 'least_load']

/** What makes a lead promising, and whose a new one becomes. */
export function LeadRulesPage() {
  const { t } = useTranslation()
  const { may } = useSession()
  const { data: scores } = useAsk('crm.scoreRules', {})
  const { data: routes } = useAsk('crm.routingRules', {})
  const [score, setScore] = useState<ScoreRule | 'new' | null>(null)
  const [route, setRoute] = useState<RoutingRule | 'new' | null>(null)
  const removeScore = useRun('crm.removeScoreRule')
  const removeRoute = useRun('crm.removeRoutingRule')
  const isMine = may('crm.configure')
  const sure = useSure()
  const remove = async (what: string, run: () => Promise<unknown>): Promise<void> => {
    if (await sure({ title: t('ui.crm.ruleRemove', { name: what }), text: t('ui.crm.ruleRemoveText'), ok: t('ui.remove') })) await run()
  }
  return (
    <SettingsPage title={t('ui.nav.leadRules')}>
      <div className="zg-stack">
        <RefusalMessage no={removeScore.no ?? removeRoute.no} />
        <Panel title={t('query.crm.scoreRules')} extra={isMine ? <Button size="small" onClick={() => setScore('new')}>{t('ui.crm.score.new')}</Button> : null}>
          <p className="zg-soft">{scores && scores.hot_score > 0 ? t('ui.crm.score.how', { count: scores.hot_score }) : t('ui.crm.score.howOff')}</p>
          <Table
            look="bare"
            rows={scores?.rows}
            none={t('ui.crm.score.none')}
            keyOf={(r) => r.rule_id}
            columns={[
              { key: 'no', title: '#', figures: 'faint', render: (r) => r.position },
              { key: 'fact', title: t('ui.crm.score.fact'), render: (r) => reasonText(r, t) },
              { key: 'points', title: t('field.crm.points'), align: 'end', figures: 'tabular', render: (r) => pointsText(r.points) },
              { key: 'state', title: t('ui.f.state'), render: (r) => t(r.is_active ? 'ui.active' : 'ui.inactive') },
              {
                key: 'actions',
                render: (r) => (
                  <RowButtons
                    offers={[
                      isMine && { text: t('ui.edit'), run: () => setScore(r) },
                      isMine && { text: t('ui.remove'), isRunning: removeScore.isRunning, run: () => void remove(reasonText(r, t), () => removeScore.run({ rule_id: r.rule_id })) },
                    ]}
                  />
                ),
              },
            ]}
          />
        </Panel>
        <Panel title={t('query.crm.routingRules')} extra={isMine ? <Button size="small" onClick={() => setRoute('new')}>{t('ui.crm.route.new')}</Button> : null}>
          <p className="zg-soft">{t('ui.crm.route.how')}</p>
          <Table
            look="bare"
            rows={routes?.rows}
            none={t('ui.crm.route.none')}
            keyOf={(r) => r.rule_id}
            columns={[
              { key: 'no', title: '#', figures: 'faint', render: (r) => r.position },
              { key: 'name', title: t('ui.f.name'), render: (r) => r.name },
              {
                key: 'when',
                title: t('ui.crm.route.when'),
                render: (r) =>
                  [r.source && t('ui.crm.score.is.source_is', { word: r.source }), r.region && t('ui.crm.score.is.address_has', { word: r.region }), r.word && t('ui.crm.route.hasWord', { word: r.word })].filter(Boolean).join(' · ') || t('ui.crm.route.every'),
              },
              { key: 'to', title: t('ui.crm.route.to'), render: (r) => `${r.to_name} · ${t(`ui.crm.route.${r.method}`)}` },
              { key: 'last', title: t('ui.crm.route.last'), render: (r) => r.last_name },
              { key: 'state', title: t('ui.f.state'), render: (r) => t(r.is_active ? 'ui.active' : 'ui.inactive') },
              {
                key: 'actions',
                render: (r) => (
                  <RowButtons
                    offers={[
                      isMine && { text: t('ui.edit'), run: () => setRoute(r) },
                      isMine && { text: t('ui.remove'), isRunning: removeRoute.isRunning, run: () => void remove(r.name, () => removeRoute.run({ rule_id: r.rule_id })) },
                    ]}
                  />
                ),
              },
            ]}
          />
        </Panel>
      </div>
      {score === null ? null : <ScoreDialog rule={score === 'new' ? null : score} onClose={() => setScore(null)} />}
      {route === null ? null : <RouteDialog rule={route === 'new' ? null : route} onClose={() => setRoute(null)} />}
    </SettingsPage>
  )
}

function ScoreDialog({ rule, onClose }: { rule: ScoreRule | null; onClose(): void }) {
  const { t } = useTranslation()
  const [fact, setFact] = useState<ScoreFact>(rule?.fact ?? 'source_is')
  const [word, setWord] = useState(rule?.word ?? '')
  const [number, setNumber] = useState<number | null>(rule?.number ?? null)
  const [points, setPoints] = useState<number | null>(rule?.points ?? 10)
  const [position, setPosition] = useState<number | null>(rule?.position ?? null)
  const [is_active, setActive] = useState<0 | 1>(rule?.is_active ?? 1)
  const save = useRun('crm.saveScoreRule')
  const needs = scoreFacts[fact]
  const go = async (): Promise<void> => {
    const said = await save.run({
      ...(rule ? { rule_id: rule.rule_id } : {}),
      ...(position === null ? {} : { position }),
      fact,
      word: needs === 'word' || needs === 'result' ? word.trim() || null : null,
      number: needs === 'number' ? number : null,
      points: points ?? 0,
      is_active,
    })
    if (said?.ok) onClose()
  }
  return (
    <FormDialog title={t(rule ? 'ui.crm.score.edit' : 'ui.crm.score.new')} enter="submits" width={640} no={save.no} isRunning={save.isRunning} isReady={points !== null && points !== 0} onOk={go} onClose={onClose}>
      <FieldRow>
        <Field label={t('ui.crm.score.fact')} path="fact" span={needs === 'nothing' ? 9 : 5}>
          {(ids) => <SelectField<ScoreFact> {...ids} value={fact} options={(Object.keys(scoreFacts) as ScoreFact[]).map((value) => ({ value, label: t(`ui.crm.score.fact.${value}`) }))} onChange={(value) => setFact(value ?? fact)} />}
        </Field>
        {needs === 'word' ? <TextInput label={t('ui.crm.score.word')} path="word" isRequired span={4} maxLength={60} value={word} onChange={setWord} /> : null}
        {needs === 'result' ? (
          <Field label={t('field.crm.result')} path="word" isRequired span={4}>
            {(ids) => <SelectField {...ids} value={word || null} none="" options={resultNames.map((value) => ({ value: value as string, label: t(`ui.crm.result.${value}`) }))} onChange={(value) => setWord(value ?? '')} />}
          </Field>
        ) : null}
        {needs === 'number' ? (
          <Field label={t(fact === 'followed_up' ? 'ui.crm.score.times' : 'ui.crm.score.days')} path="number" isRequired span={4}>
            {(ids) => <WholeField {...ids} value={number} onChange={setNumber} />}
          </Field>
        ) : null}
        <Field label={t('field.crm.points')} path="points" isRequired span={3} hint={t('ui.crm.score.pointsHint')}>
          {(ids) => <ParsedInput<number> {...ids} align="end" value={points} format={String} parse={(text) => (/^[+−-]?\d{1,4}$/.test(text.trim()) ? Number(text.trim().replace('−', '-')) : undefined)} onChange={setPoints} />}
        </Field>
        <PositionInput span={3} value={position} onChange={setPosition} />
        <ActiveInput span={4} value={is_active} onChange={setActive} />
      </FieldRow>
    </FormDialog>
  )
}

type RouteDraft = Required<Pick<RunInput<'crm.saveRoutingRule'>, 'name' | 'method'>> & { readonly source: string; readonly region: string; readonly word: string; readonly user_id: string | null; readonly team_id: string | null; readonly is_active: 0 | 1 }

function RouteDialog({ rule, onClose }: { rule: RoutingRule | null; onClose(): void }) {
  const { t } = useTranslation()
  const { data: teams } = useAsk('platform.teams', {})
  const [position, setPosition] = useState<number | null>(rule?.position ?? null)
  const [draft, setDraft] = useState<RouteDraft>(() => ({
    name: rule?.name ?? '', method: rule?.method ?? 'person', source: rule?.source ?? '', region: rule?.region ?? '', word: rule?.word ?? '',
    user_id: rule?.user_id ?? null, team_id: rule?.team_id ?? null, is_active: rule?.is_active ?? 1,
  }))
  const set = (changes: Partial<RouteDraft>): void => setDraft({ ...draft, ...changes })
  const save = useRun('crm.saveRoutingRule')
  const isPerson = draft.method === 'person'
  const go = async (): Promise<void> => {
    const { source, region, word, ...rest } = draft
    const said = await save.run({
      ...(rule ? { rule_id: rule.rule_id } : {}),
      ...(position === null ? {} : { position }),
      ...rest,
      source: source.trim() || null,
      region: region.trim() || null,
      word: word.trim() || null,
      user_id: isPerson ? draft.user_id : null,
      team_id: isPerson ? null : draft.team_id,
    })
    if (said?.ok) onClose()
  }
  return (
    <FormDialog
      title={t(rule ? 'ui.crm.route.edit' : 'ui.crm.route.new')}
      enter="submits"
      width={640}
      no={save.no}
      isRunning={save.isRunning}
      isReady={draft.name.trim() !== '' && (isPerson ? draft.user_id : draft.team_id) !== null}
      onOk={go}
      onClose={onClose}
    >
      <FieldRow>
        <TextInput label={t('ui.f.name')} path="name" isRequired span={12} autoFocus maxLength={100} value={draft.name} onChange={(name) => set({ name })} />
        <TextInput label={t('field.crm.source')} path="source" hint={t('ui.crm.route.any')} span={4} maxLength={60} value={draft.source} onChange={(source) => set({ source })} />
        <TextInput label={t('ui.crm.route.region')} path="region" hint={t('ui.crm.route.any')} span={4} maxLength={60} value={draft.region} onChange={(region) => set({ region })} />
        <TextInput label={t('ui.crm.route.word')} path="word" hint={t('ui.crm.route.any')} span={4} maxLength={60} value={draft.word} onChange={(word) => set({ word })} />
        <Field label={t('ui.crm.route.method')} path="method" span={4}>
          {(ids) => <SelectField<Method> {...ids} value={draft.method} options={methods.map((value) => ({ value, label: t(`ui.crm.route.${value}`) }))} onChange={(method) => set({ method: method ?? 'person' })} />}
        </Field>
        {isPerson ? (
          <Field label={t('ui.crm.route.to')} path="user_id" isRequired span={4}>
            {(ids) => <ColleagueSelect {...ids} none="" value={draft.user_id} onChange={(user_id) => set({ user_id })} />}
          </Field>
        ) : (
          <Field label={t('ui.crm.route.team')} path="team_id" isRequired span={4} hint={teams && teams.rows.length === 0 ? t('ui.crm.route.noTeams') : undefined}>
            {(ids) => <SelectField {...ids} none="" value={draft.team_id} options={(teams?.rows ?? []).map((team) => ({ value: team.team_id, label: team.name }))} onChange={(team_id) => set({ team_id })} />}
          </Field>
        )}
        <PositionInput span={2} value={position} onChange={setPosition} />
        <ActiveInput span={2} value={draft.is_active} onChange={(is_active) => set({ is_active })} />
      </FieldRow>
    </FormDialog>
  )
}
