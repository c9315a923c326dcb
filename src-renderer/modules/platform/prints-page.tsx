import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { COMPANY_FILES_ID } from '../../../src-main/kernel/papers.ts'
import { useSession } from '../../api/session.tsx'
import { useAsk } from '../../api/use-ask.ts'
import { useRun } from '../../api/use-run.ts'
import { RowButtons } from '../../ui/action-buttons.tsx'
import { SelectField } from '../../ui/fields/value-fields.tsx'
import { NoMessage, RefusalMessage } from '../../ui/no-message.tsx'
import { Attachments } from '../../ui/record/attachments.tsx'
import { StatusTag } from '../../ui/status-tag.tsx'
import { Table } from '../../ui/table.tsx'
import { useSure } from '../../ui/use-sure.ts'
import { designPath, useTemplateName, type PrintTemplate } from './print-papers.ts'
import { SettingsPage } from './settings-page.tsx'

/** How each kind of paper is printed: the ready-made templates and the company's own, and which one is usual. */
export function PrintsPage() {
  const { t } = useTranslation()
  const { may } = useSession()
  const navigate = useNavigate()
  const nameOf = useTemplateName()
  const sure = useSure()
  const [kind, setKind] = useState('sales.invoice')
  const { data, error } = useAsk('platform.printTemplates', {})
  const makeUsual = useRun('platform.setPrintDefault')
  const remove = useRun('platform.removePrintTemplate')
  const canEdit = may('platform.printTemplates')
  const take = async (row: PrintTemplate): Promise<void> => {
    const isSure = await sure({ title: t('ui.print.removeSure', { name: nameOf(row) }), text: t('ui.print.removeText'), ok: t('ui.remove') })
    if (isSure) await remove.run({ template_id: row.template })
  }
  return (
    <SettingsPage
      title={t('query.platform.printTemplates')}
      actions={
        <SelectField
          aria-label={t('ui.print.kind')}
          value={kind}
          options={(data?.printables ?? []).map((p) => ({ value: p.kind, label: t(`print.kind.${p.kind}`) }))}
          onChange={(chosen) => setKind(chosen ?? kind)}
        />
      }
    >
      {error ? <NoMessage error={error} /> : null}
      <RefusalMessage no={makeUsual.no ?? remove.no} />
      <Table
        caption={t('query.platform.printTemplates')}
        rows={data?.rows.filter((r) => r.kind === kind)}
        keyOf={(r) => r.template}
        columns={[
          { key: 'name', title: t('ui.f.name'), render: nameOf },
          { key: 'paper', title: t('ui.print.size'), figures: 'tabular', render: ({ definition: { paper } }) => (paper.height_mm === 0 ? t('ui.print.roll', { width: paper.width_mm }) : `${paper.width_mm} × ${paper.height_mm}`) },
          {
            key: 'state',
            title: t('ui.f.state'),
            render: (r) => (
              <>
                {r.is_default ? <StatusTag tone="info">{t('ui.party.default')}</StatusTag> : null}
                {r.name === null ? <StatusTag tone="neutral">{t('ui.print.ready')}</StatusTag> : null}
              </>
            ),
          },
          {
            key: 'actions',
            render: (r) => (
              <RowButtons
                offers={[
                  { text: t(r.name === null || !canEdit ? 'ui.print.look' : 'ui.edit'), run: () => void navigate(designPath(r)) },
                  canEdit && { text: t('ui.print.copy'), run: () => void navigate(`${designPath(r)}&copy=1`) },
                  canEdit && !r.is_default && { text: t('ui.warehouse.makeDefault'), run: () => void makeUsual.run({ kind: r.kind, template: r.template as 'a4' }) },
                  canEdit && r.name !== null && { text: t('ui.remove'), run: () => void take(r) },
                ]}
              />
            ),
          },
        ]}
      />
      {canEdit ? (
        <section>
          <p className="zg-soft">{t('ui.print.logoText')}</p>
          <Attachments record={{ kind: 'platform.company', id: COMPANY_FILES_ID }} />
        </section>
      ) : null}
    </SettingsPage>
  )
}
