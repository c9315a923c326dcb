import { useRef, useState, type ReactNode } from 'react'
import { App, Button } from 'antd'
import { useTranslation } from 'react-i18next'
import type { RowOf } from '../../api/operations.ts'
import { useSession } from '../../api/session.tsx'
import { useAsk } from '../../api/use-ask.ts'
import { useRun } from '../../api/use-run.ts'
import { useShortcuts } from '../../shell/keys.ts'
import { stopsAtUnread } from '../../ui/fields/parsed-input.tsx'
import { MoneyField, WholeField } from '../../ui/fields/value-fields.tsx'
import { useFormat } from '../../ui/format.ts'
import { NoMessage, RefusalMessage } from '../../ui/no-message.tsx'
import { useLeaveGuard } from '../../ui/use-leave-guard.ts'
import { SettingsPage } from '../platform/settings-page.tsx'
import './quotas.css'

type Row = RowOf<'forecast.quotas'>
type Changed = Readonly<Record<string, number | null>>
type Props = { readonly rows: readonly Row[]; readonly year: ReactNode; readonly changed: Changed; setChanged(changed: Changed): void }

/** What each person is to sell in each month of a year, with what was sold under it. */
export function QuotasPage() {
  const { t } = useTranslation()
  const { today } = useSession()
  const [year, setYear] = useState<number | null>(Number(today.slice(0, 4)))
  /** What was changed, by person and month; null is emptied. It stays while another year is looked at. */
  const [changed, setChanged] = useState<Changed>({})
  const shown = year !== null && year >= 1900 && year <= 2199 ? year : Number(today.slice(0, 4))
  const { data, error } = useAsk('forecast.quotas', { year: shown })
  if (error) return <div className="zg-page"><NoMessage error={error} /></div>
  return (
    <YearQuotas
      key={`${shown} ${data?.rows.length ?? 0}`}
      rows={data?.rows ?? []}
      changed={changed}
      setChanged={setChanged}
      year={
        <label className="zg-quota-year">
          {t('ui.quota.year')}
          <span style={{ width: 80 }}>
            <WholeField value={year} onChange={setYear} />
          </span>
        </label>
      }
    />
  )
}

function YearQuotas({ rows, year, changed, setChanged }: Props) {
  const { t } = useTranslation()
  const format = useFormat()
  const { may } = useSession()
  const { message } = App.useApp()
  const set = useRun('forecast.setQuotas')
  const box = useRef<HTMLDivElement>(null)
  const goOn = useLeaveGuard(Object.keys(changed).length > 0)
  const mayEdit = may('forecast.setQuotas')
  const valueOf = (row: Row, i: number): number | null => {
    const cell = row.months[i]!
    const key = `${row.user_id} ${cell.month}`
    return key in changed ? changed[key]! : cell.quota_minor === 0 ? null : cell.quota_minor
  }
  const save = async (): Promise<void> => {
    if (stopsAtUnread(box.current)) return
    const sent = Object.entries(changed).map(([key, amount_minor]) => ({ user_id: key.split(' ')[0]!, month: key.split(' ')[1]!, amount_minor: amount_minor ?? 0 }))
    if (sent.length === 0) return
    const said = await set.run({ rows: sent })
    if (!said?.ok) return
    setChanged({})
    goOn()
    void message.success(t('ui.saved'))
  }
  useShortcuts([{ key: 's', with: 'ctrl', always: true, run: () => void save() }])
  return (
    <SettingsPage
      title={t('ui.nav.quotas')}
      actions={
        <>
          {year}
          {mayEdit ? (
            <Button type="primary" loading={set.isRunning} onClick={() => void save()}>
              {t('ui.quota.save')} <kbd>Ctrl S</kbd>
            </Button>
          ) : null}
        </>
      }
    >
      <RefusalMessage no={set.no} />
      <p className="zg-soft zg-quota-hint">{t('ui.quota.hint')}</p>
      <div ref={box} className="zg-stack">
        {rows.map((row) => {
          const quota = row.months.reduce((sum, _, i) => sum + (valueOf(row, i) ?? 0), 0)
          return (
            <section key={row.user_id} className="zg-card">
              <h2 className="zg-panel-title">
                {row.name}
                <span className="zg-panel-extra zg-figures">
                  {t('ui.quota.total', { sold: format.money(row.sold_minor), quota: format.money(quota) })}
                  {quota > 0 ? ` · ${t('ui.forecast.attained')} ${format.percent(Math.round((row.sold_minor * 1_000) / quota) * 100_000)}` : ''}
                </span>
              </h2>
              <div className="zg-quota-months">
                {row.months.map((cell, i) => (
                  <label key={cell.month}>
                    <span className="zg-soft zg-figures">{cell.month}</span>
                    <MoneyField
                      aria-label={`${row.name} ${cell.month}`}
                      disabled={!mayEdit}
                      value={valueOf(row, i)}
                      onChange={(amount) => setChanged({ ...changed, [`${row.user_id} ${cell.month}`]: amount })}
                    />
                    <span className="zg-soft zg-figures">{cell.sold_minor === 0 ? '–' : format.money(cell.sold_minor)}</span>
                  </label>
                ))}
              </div>
            </section>
          )
        })}
      </div>
    </SettingsPage>
  )
}
