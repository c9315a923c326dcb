import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Locale } from '../../../src-main/kernel/text.ts'
import { post, type No } from '../../api/client.ts'
import type { AskInput, AskName, RowOf } from '../../api/operations.ts'
import { useAsk } from '../../api/use-ask.ts'

export type PrintTemplate = RowOf<'platform.printTemplates'>
export type PrintDefinition = PrintTemplate['definition']

/** What to print: a kind of paper, and which one ({id}, or what its labels and statements want). */
export type PrintJob = { readonly name: string; readonly input: Readonly<Record<string, unknown>> }

/** The name of a template: the company's own word for it, or the paper of a ready-made one. */
export function useTemplateName(): (template: Pick<PrintTemplate, 'name' | 'paper'>) => string {
  const { t } = useTranslation()
  return ({ name, paper }) => name ?? (paper === null ? '' : t(`ui.print.paper.${paper}`))
}

/** Where a template is looked at and changed. */
export const designPath = ({ kind, template }: Pick<PrintTemplate, 'kind' | 'template'>): string => `/settings/prints/design?kind=${kind}&template=${template}`

/** How long typing rests before the paper is laid out anew. */
const REST_MS = 350

type Seen = { readonly address: string | null; readonly no: No | null; readonly isBusy: boolean }

/**
 * Has the office print something whenever it or its template changes, and gives the address at which the finished paper lies for a while.
 * The last paper stays until the next one is there.
 */
export function usePaper(job: PrintJob | null, { template, lang }: { template: string | PrintDefinition | undefined; lang: Locale }): Seen {
  const [seen, setSeen] = useState<Seen>({ address: null, no: null, isBusy: true })
  const wanted = job === null || template === undefined ? null : JSON.stringify({ name: job.name, input: job.input, template, lang })
  useEffect(() => {
    if (wanted === null) return undefined
    let isOld = false
    setSeen((last) => ({ ...last, isBusy: true }))
    const wait = setTimeout(
      () => {
        const { name, ...body } = JSON.parse(wanted) as { name: string }
        void post<{ address: string }>(`/print/${encodeURIComponent(name)}`, body)
          .catch((): No => ({ ok: false, kind: 'refusal', code: 'ui.lineBroken', details: {} }))
          .then((said) => {
            if (!isOld) setSeen({ address: said.ok ? said.output.address : null, no: said.ok ? null : said, isBusy: false })
          })
      },
      typeof template === 'string' ? 0 : REST_MS,
    )
    return () => {
      isOld = true
      clearTimeout(wait)
    }
    // The text says all there is to know of job, template and language.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [wanted])
  return seen
}

/** The list in which the newest thing of a kind stands first, and what of its row is printed. */
const lists: Readonly<Record<string, { readonly name: AskName; readonly input: object; readonly id: string; readonly called: string; readonly job: (id: string) => PrintJob['input'] }>> = {
  'sales.invoice': { name: 'sales.invoices', input: {}, id: 'invoice_id', called: 'number', job: (id) => ({ id }) },
  'sales.delivery': { name: 'sales.deliveries', input: {}, id: 'delivery_id', called: 'number', job: (id) => ({ id }) },
  'sales.order': { name: 'sales.orders', input: { state: 'confirmed' }, id: 'order_id', called: 'number', job: (id) => ({ id }) },
  'sales.quote': { name: 'sales.quotes', input: { state: 'sent' }, id: 'quote_id', called: 'number', job: (id) => ({ id }) },
  'accounting.payment': { name: 'accounting.payments', input: {}, id: 'payment_id', called: 'number', job: (id) => ({ id }) },
  'catalog.label': { name: 'catalog.items', input: {}, id: 'item_id', called: 'name', job: (id) => ({ items: [{ item_id: id, count: 1 }] }) },
}

/** The newest thing of this kind that there is to print, undefined where there is none or its kind has no list. */
export function useNewest(kind: string): { readonly name: string; readonly input: PrintJob['input'] } | undefined {
  const list = lists[kind]
  const { data } = useAsk(list?.name ?? 'platform.me', (list === undefined ? {} : { ...list.input, limit: 1 }) as AskInput<AskName>, { enabled: list !== undefined })
  const row = (data as { readonly rows?: readonly Readonly<Record<string, unknown>>[] } | undefined)?.rows?.[0]
  if (!list || !row) return undefined
  return { name: String(row[list.called] ?? ''), input: list.job(String(row[list.id])) }
}
