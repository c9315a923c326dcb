import { useTranslation } from 'react-i18next'
import { useFormat } from '../../ui/format.ts'
import { ListScreen } from '../../ui/list-screen.tsx'

/** Whose data were erased, without saying whose: by whom, when, at whose wish. */
export function ErasuresPage() {
  const { t } = useTranslation()
  const format = useFormat()
  return (
    <ListScreen
      name="platform.erasures"
      title={t('ui.nav.erasures')}
      columns={() => [
        { key: 'at', from: 'at', title: t('ui.erase.at'), width: 140, figures: 'tabular', render: (r) => format.instant(r.at) },
        { key: 'label', from: 'label', title: t('ui.erase.record'), width: 160, grow: 2, render: (r) => r.label },
        { key: 'askedBy', from: 'asked_by', title: t('ui.erase.askedBy'), width: 140, render: (r) => t(`ui.erase.by.${r.asked_by}`) },
        { key: 'askedOn', from: 'asked_on', title: t('ui.erase.askedOn'), width: 130, figures: 'tabular', render: (r) => r.asked_on },
        { key: 'reference', from: 'reference', title: t('ui.erase.reference'), width: 120, grow: 1, render: (r) => r.reference },
        { key: 'erased', from: 'erased', title: t('ui.erase.erasedRows'), width: 100, align: 'end', figures: 'tabular', render: (r) => r.erased },
        { key: 'kept', from: 'kept', title: t('ui.erase.keptRows'), width: 100, align: 'end', figures: 'tabular', render: (r) => r.kept },
        { key: 'by', from: 'by_name', title: t('ui.erase.doneBy'), width: 110, render: (r) => r.by_name },
      ]}
      inputOf={() => ({})}
      idField="erasure_id"
      empty={{ title: t('ui.erase.none'), text: t('ui.erase.text') }}
    />
  )
}
