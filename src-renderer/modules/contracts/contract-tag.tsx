import { useTranslation } from 'react-i18next'
import type { RowOf } from '../../api/operations.ts'
import { StatusTag } from '../../ui/status-tag.tsx'

type Standing = Pick<RowOf<'contracts.list'>, 'state' | 'is_over' | 'ends_soon'>

/** Where a contract stands, in one word. */
export function ContractTag({ of }: { of: Standing }) {
  const { t } = useTranslation()
  if (of.is_over) return <StatusTag tone="neutral">{t('ui.contract.over')}</StatusTag>
  if (of.ends_soon) return <StatusTag tone="warning">{t('ui.contract.soon')}</StatusTag>
  return <StatusTag tone={of.state === 'active' ? 'success' : 'neutral'}>{t(`state.contract.${of.state}`)}</StatusTag>
}
