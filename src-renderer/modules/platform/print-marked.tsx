import { useState } from 'react'
import { App } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Together } from '../../ui/data-grid/marked-bar.tsx'
import { PrintDialog } from './print-button.tsx'

/** As many as the office prints in one file. */
const MOST_PRINTED = 200

/** Prints the marked rows of a list of documents as one file: what its marked bar offers, and the dialog it opens. */
export function usePrintMarked<R>(name: string, idOf: (row: R) => string) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const [ids, setIds] = useState<readonly string[] | null>(null)
  const together: Together<R> = {
    text: t('ui.print'),
    run: (rows) => (rows.length > MOST_PRINTED ? void message.warning(t('ui.print.tooMany', { count: rows.length, limit: MOST_PRINTED }), 8) : setIds(rows.map(idOf))),
  }
  const dialog = ids === null ? null : <PrintDialog job={{ name, input: { ids } }} title={t('ui.print.several', { count: ids.length })} onClose={() => setIds(null)} />
  return { together, dialog }
}
