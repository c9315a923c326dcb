import type { AskInput, AskName } from '../../api/operations.ts'
import type { Column } from './columns.ts'
import { ExportMenu } from './export-menu.tsx'
import { useExport } from './use-export.ts'

type Props<N extends AskName, R> = { readonly name: N; readonly title: string; readonly input: Omit<AskInput<N>, 'limit' | 'offset'>; readonly columns: readonly Column<R>[] }

/** Every row of a report to a file, as its columns show it. */
export function ListExport<N extends AskName, R>({ name, title, input, columns }: Props<N, R>) {
  const file = useExport<R>({ name, title, input, columns })
  return <ExportMenu isRunning={file.isRunning} onExport={(format) => void file.run(format)} />
}
