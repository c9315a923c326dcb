import type { ImportField, Importer } from '../../kernel/operation.ts'
import { writeXlsx } from '../../files/write-xlsx.ts'
import type { Cell } from '../../files/cells.ts'
import { textsOf, type Locale } from '../texts.ts'

const isChinese = (header: string): boolean => /\p{Script=Han}/u.test(header)

/** The header under which a field is best known in a language. */
export function headerIn(field: ImportField, locale: Locale): string {
  return field.headers.find((header) => isChinese(header) === (locale === 'zh-CN')) ?? field.headers[0] ?? field.key
}

/**
 * Writes an empty workbook for one kind of import: a sheet with the columns (a star marks those that every row needs) and one that
 * says how each is filled in. Its own headers map by themselves when it comes back. Refuses what writing a workbook refuses.
 */
export async function writeTemplate({ importer, locale, path }: { importer: Importer; locale: Locale; path: string }): Promise<void> {
  const texts = textsOf(locale, 'import')
  const text = (words: string): Cell => ({ kind: 'text', text: words })
  const title = (field: ImportField): string => headerIn(field, locale) + (field.is_required ? '*' : '')
  await writeXlsx({
    path,
    sheets: [
      { name: texts(`ui.import.kind.${importer.kind}`), columns: importer.fields.map((field) => ({ title: title(field), width: 16 })), rows: [] },
      {
        name: texts('ui.import.template.help'),
        columns: [
          { title: texts('ui.import.template.column'), width: 22 },
          { title: texts('ui.import.template.required'), width: 10 },
          { title: texts('ui.import.template.form'), width: 60 },
          { title: texts('ui.import.template.others'), width: 60 },
        ],
        rows: importer.fields.map((field) => [
          text(headerIn(field, locale)),
          text(field.is_required ? texts('ui.import.template.yes') : ''),
          text(texts(`ui.import.form.${field.form}`)),
          text(field.headers.filter((header) => header !== headerIn(field, locale)).join(locale === 'zh-CN' ? '、' : ', ')),
        ]),
      },
    ],
  })
}
