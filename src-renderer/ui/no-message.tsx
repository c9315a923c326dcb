import { Alert } from 'antd'
import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { No } from '../api/client.ts'
import { useFormat } from './format.ts'
import { problemsOf, problemText } from './problems.ts'
import { textOfError, textOfNo } from './no-text.ts'
import { reasonInWords } from './reason-words.ts'

/** Why the office said no: a business reason in words, fields to look at, or an incident number to tell the one who helps. */
export function RefusalMessage({ no, labelOf }: { no: No | null; labelOf?: (path: string) => string }) {
  const { t } = useTranslation()
  const format = useFormat()
  if (!no) return null
  const problems = problemsOf(no)
  if (no.kind === 'pending') return <PendingMessage details={no.details} />
  return (
    <Alert
      role="alert"
      className="zg-no"
      type={no.kind === 'defect' ? 'error' : 'warning'}
      showIcon
      title={textOfNo(no, { t, format })}
      description={
        problems.length > 0 ? (
          <ul className="zg-problems">
            {problems.slice(0, 8).map((p) => (
              <li key={`${p.path.join('.')}${p.message}`}>{[labelOf?.(p.path.join('.')) ?? fieldName(p.path, t), problemText(p, t)].filter((word) => word !== '').join(format.locale === 'zh-CN' ? '：' : ': ')}</li>
            ))}
          </ul>
        ) : undefined
      }
    />
  )
}

/** It waits for somebody's word: no error, only not yet. */
function PendingMessage({ details }: { details: Extract<No, { kind: 'pending' }>['details'] }) {
  const { t } = useTranslation()
  const format = useFormat()
  return (
    <Alert
      role="status"
      className="zg-no"
      type="info"
      showIcon
      title={t('ui.approval.pending', { title: details.title })}
      description={
        <ul className="zg-problems">
          {details.reasons.map((reason) => (
            <li key={JSON.stringify(reason)}>{reasonInWords(reason, { t, format })}</li>
          ))}
        </ul>
      }
      action={<Link to={`/approvals/${details.approval_id}`}>{t('ui.approval.open')}</Link>}
    />
  )
}

const modules = ['', 'platform.', 'sales.', 'purchasing.', 'inventory.', 'accounting.', 'catalog.', 'parties.']

/** What people call a field of a command's input; a field that has no word is marked where it stands, its name in data says nothing here. */
function wordOf(field: string, t: TFunction): string {
  const key = modules.map((module) => `field.${module}${field}`).find((one) => t(one) !== one)
  return key === undefined ? '' : t(key)
}

/** What the field is called on the page that is shown; of several the one in front. */
function labelOnPage(path: readonly (string | number)[]): string | undefined {
  const labels = document.querySelectorAll(`[data-field="${CSS.escape(path.join('.'))}"] > label`)
  return [...labels].at(-1)?.firstChild?.textContent ?? undefined
}

/** As the page calls it, else 'lines.2.price_e4' as "line 3, price". */
function fieldName(path: readonly (string | number)[], t: TFunction): string {
  const label = labelOnPage(path)
  if (label !== undefined) return label
  const words = path.map((part) => {
    if (typeof part === 'number') return t('ui.no.line', { line_no: part + 1 })
    return wordOf(part, t)
  })
  return words.filter((w) => w !== '').join(' · ')
}

/** A query that could not be answered. */
export function NoMessage({ error }: { error: unknown }) {
  const { t } = useTranslation()
  const format = useFormat()
  return <Alert role="alert" type="warning" showIcon title={textOfError(error, { t, format })} />
}
