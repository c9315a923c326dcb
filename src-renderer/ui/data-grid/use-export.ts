import { useState } from 'react'
import { App } from 'antd'
import { useTranslation } from 'react-i18next'
import { SaidNo, type No } from '../../api/client.ts'
import { useFormat } from '../format.ts'
import { textOfError } from '../no-text.ts'
import type { Column } from './columns.ts'
import { holding } from './copy.ts'

export type FileFormat = 'xlsx' | 'csv'
type Asked<R> = {
  readonly name: string
  readonly title: string
  readonly input: unknown
  readonly columns: readonly Column<R>[]
}
/** Only these rows, by a field of theirs. */
export type Only = { readonly field: string; readonly values: readonly (string | number)[] }

/** Has the office write every row of a list to a file, and hands it to the browser. */
export function useExport<R>({ name, title, input, columns }: Asked<R>): { readonly isRunning: boolean; run(format: FileFormat, only?: Only): Promise<void> } {
  const { t } = useTranslation()
  const format = useFormat()
  const { message } = App.useApp()
  const [isRunning, setRunning] = useState(false)
  const run = async (fileFormat: FileFormat, only?: Only): Promise<void> => {
    if (isRunning) return
    setRunning(true)
    try {
      const shown = holding(columns).map(({ title: columnTitle, from, glue, words }) => ({ title: columnTitle, from, ...(glue === undefined ? {} : { glue }), ...(words ? { words } : {}) }))
      const body = JSON.stringify({ format: fileFormat, input, form: { title, columns: shown, ...(only ? { only } : {}) } })
      await saveAnswer(`/export/${name}?lang=${document.documentElement.lang}`, body)
      void message.success(t('ui.grid.exported'))
    } catch (error) {
      void message.error(textOfError(error, { t, format }), 8)
    }
    setRunning(false)
  }
  return { isRunning, run }
}

async function saveAnswer(path: string, body: string): Promise<void> {
  const response = await fetch(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body })
  if (!response.ok) throw new SaidNo((await response.json()) as No)
  const file_name = /filename\*=UTF-8''([^;]+)/.exec(response.headers.get('content-disposition') ?? '')?.[1] ?? 'export'
  const address = URL.createObjectURL(await response.blob())
  const link = document.createElement('a')
  link.href = address
  link.download = decodeURIComponent(file_name)
  link.click()
  setTimeout(() => URL.revokeObjectURL(address), 60_000)
}
