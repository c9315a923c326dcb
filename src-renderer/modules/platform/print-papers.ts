import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Locale } from '../../../src-main/kernel/text.ts'
import { post, type No } from '../../api/client.ts'
import type { RowOf } from '../../api/operations.ts'

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
