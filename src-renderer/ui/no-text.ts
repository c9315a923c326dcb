import type { TFunction } from 'i18next'
import { SaidNo, type No } from '../api/client.ts'
import type { Format } from './format.ts'

/** A detail as people read it, by what its name says it is: limit_minor is money, wanted_e6 a quantity, due_on a day. */
function detailText({ key, value, format, t }: { key: string; value: unknown; format: Format; t: TFunction }): unknown {
  if (typeof value === 'number') {
    if (key.endsWith('_minor')) return format.moneyWithSymbol(value)
    if (key.endsWith('_e6')) return format.quantity(value)
    if (key.endsWith('_e4')) return format.price(value)
    if (key.endsWith('_e8')) return format.percent(value)
    if (key.endsWith('_at')) return format.instant(value)
  }
  if (key === 'command' && typeof value === 'string') return t(`command.${value}`)
  if (key === 'found' && value === 'binary') return t('ui.no.binary')
  if (key === 'permission' && typeof value === 'string') return t(`permission.${value}`)
  if (key === 'role' && typeof value === 'string') return t(`state.accounting.role.${value}`)
  if (Array.isArray(value)) return format.list(value.map((one) => (typeof one === 'object' && one !== null ? Object.values(one).join(' ') : String(one))))
  return value
}

/** Values as people read them, by what their names say they are. */
export const valuesInWords = (values: Readonly<Record<string, unknown>>, { t, format }: { t: TFunction; format: Format }): Record<string, unknown> =>
  Object.fromEntries(Object.entries(values).map(([key, value]) => [key, detailText({ key, value, format, t })]))

export function textOfNo(no: No, { t, format }: { t: TFunction; format: Format }): string {
  if (no.kind === 'defect') return t('ui.no.defect', { incident: no.details.incident })
  if (no.kind === 'invalid') return t('ui.no.invalid')
  if (no.kind === 'pending') return t('ui.approval.pending', { title: no.details.title })
  const details = valuesInWords(no.details, { t, format })
  const key = `refusal.${no.code}`
  const text = t(key, details)
  return text === key ? t('ui.no.unnamed', { code: no.code }) : text
}

/** Any failure of a query or route, in words. */
export function textOfError(error: unknown, tools: { t: TFunction; format: Format }): string {
  return error instanceof SaidNo ? textOfNo(error.no, tools) : tools.t('refusal.ui.lineBroken')
}
