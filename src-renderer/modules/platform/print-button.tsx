import { useState, type ReactNode } from 'react'
import { Button } from 'antd'
import { PrinterOutlined } from '@ant-design/icons'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useSession } from '../../api/session.tsx'
import { useAsk } from '../../api/use-ask.ts'
import { useShortcuts } from '../../shell/keys.ts'
import { usePreferences } from '../../shell/preferences.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { SelectField, WholeField } from '../../ui/fields/value-fields.tsx'
import { RefusalMessage } from '../../ui/no-message.tsx'
import { designPath, usePaper, useTemplateName, type PrintJob } from './print-papers.ts'

/** Prints the record shown, by Ctrl+P too. */
export function PrintButton({ name, id }: { readonly name: string; readonly id: string }) {
  const { t } = useTranslation()
  const [isOpen, setOpen] = useState(false)
  useShortcuts([{ key: 'p', with: 'ctrl', run: () => setOpen(true) }])
  return (
    <>
      <Button icon={<PrinterOutlined aria-hidden />} onClick={() => setOpen(true)}>
        {t('ui.print')}
      </Button>
      {isOpen ? <PrintDialog job={{ name, input: { id } }} onClose={() => setOpen(false)} /> : null}
    </>
  )
}

type DialogProps = {
  /** Null while it is not yet known what to print. */
  readonly job: PrintJob | null
  readonly kind?: string
  readonly title?: string
  /** What else is to be said before printing: how many labels, from when to when. */
  readonly children?: ReactNode
  onClose(): void
}

/** Shows the paper as it will be printed: the same PDF that is saved or sent to the printer, by the template that this desk used last. */
export function PrintDialog({ job, kind = job?.name ?? '', title, children, onClose }: DialogProps) {
  const { t } = useTranslation()
  const { may } = useSession()
  const nameOf = useTemplateName()
  const { data } = useAsk('platform.printTemplates', { kind })
  const { printedWith, setPrintedWith } = usePreferences()
  const [lang, setLang] = useState(usePreferences.getState().locale)
  const rows = data?.rows ?? []
  const chosen = rows.find((r) => r.template === printedWith[kind]) ?? rows.find((r) => r.is_default === 1)
  const [start_at, setStartAt] = useState(1)
  const sheet = chosen?.definition.sheet ?? null
  const { address, no, isBusy } = usePaper(job && (sheet ? { ...job, input: { ...job.input, start_at } } : job), { template: chosen?.template, lang })
  // The usual one stands first.
  const options = [...rows].sort((a, b) => b.is_default - a.is_default).map((r) => ({ value: r.template, label: nameOf(r) + (r.is_default === 1 ? ` ${t('ui.print.usual')}` : '') }))
  return (
    <Dialog
      open
      title={title ?? t('ui.printPreview')}
      width="min(1000px, 92vw)"
      style={{ top: 24 }}
      onCancel={onClose}
      footer={
        <>
          {chosen?.definition.language === null ? (
            <Button onClick={() => setLang(lang === 'zh-CN' ? 'en' : 'zh-CN')}>{t(lang === 'zh-CN' ? 'ui.printEnglish' : 'ui.printChinese')}</Button>
          ) : null}
          <Button type="primary" disabled={address === null} {...(address === null ? {} : { href: address })} target="_blank" rel="noreferrer">
            {t('ui.printOpen')}
          </Button>
        </>
      }
    >
      <div className="zg-print-choice">
        <SelectField aria-label={t('ui.print.template')} value={chosen?.template ?? null} options={options} onChange={(template) => template && setPrintedWith(kind, template)} />
        {chosen && may('platform.printTemplates') ? <Link to={designPath(chosen)} onClick={onClose}>{t('ui.print.design')}</Link> : null}
        {sheet ? (
          <label className="zg-print-start" title={t('ui.print.startAtHint', { labels: sheet.columns * sheet.rows })}>
            <span>{t('ui.print.startAt')}</span>
            <WholeField aria-label={t('ui.print.startAt')} value={start_at} onChange={(value) => setStartAt(Math.max(1, value ?? 1))} />
            <span className="zg-soft">/ {sheet.columns * sheet.rows}</span>
          </label>
        ) : null}
        {children}
      </div>
      <RefusalMessage no={no} />
      {address === null ? <div className="zg-paper" aria-busy={isBusy && no === null} /> : <iframe key={address} src={`${address}#navpanes=0&view=FitH`} title={t('ui.printPreview')} className="zg-paper" />}
    </Dialog>
  )
}
