import { Button } from 'antd'
import { ArrowDownOutlined, ArrowUpOutlined } from '@ant-design/icons'
import { useTranslation } from 'react-i18next'
import { TextField } from '../../ui/fields/value-fields.tsx'
import { MmField } from './mm-field.tsx'

type PrintField = { readonly key: string; readonly caption: string; readonly width_mm?: number }

type Props<F extends PrintField> = {
  readonly title: string
  /** Everything that this kind of paper has, in its usual order. */
  readonly known: readonly F[]
  /** What is printed, in this order. */
  readonly value: readonly F[]
  readonly disabled: boolean
  onChange(value: F[]): void
}

/** Which fields are printed, in which order, under which captions, and how wide: those that are printed first. */
export function PrintFields<F extends PrintField>({ title, known, value, disabled, onChange }: Props<F>) {
  const { t } = useTranslation()
  const shown = new Set(value.map((f) => f.key))
  const rest = known.filter((f) => !shown.has(f.key))
  const change = (key: string, more: Partial<F>): void => onChange(value.map((f) => (f.key === key ? { ...f, ...more } : f)))
  const move = (index: number, by: -1 | 1): void => {
    const next = [...value]
    const [field] = next.splice(index, 1)
    next.splice(index + by, 0, field!)
    onChange(next)
  }
  const hasWidth = known.some((f) => f.width_mm !== undefined)
  return (
    <fieldset className="zg-print-fields" disabled={disabled}>
      <legend>{title}</legend>
      <table>
        <thead>
          <tr>
            <th scope="col">{t('ui.print.shown')}</th>
            <th scope="col">{t('ui.print.caption')}</th>
            {hasWidth ? <th scope="col">{t('ui.print.width')}</th> : null}
            <th scope="col">
              <span className="zg-sr">{t('ui.print.order')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {[...value, ...rest].map((field, index) => {
            const isShown = shown.has(field.key)
            const word = t(`print.${field.key}`)
            return (
              <tr key={field.key}>
                <td>
                  <label className="zg-check">
                    <input type="checkbox" checked={isShown} onChange={() => onChange(isShown ? value.filter((f) => f.key !== field.key) : [...value, field])} /> {word}
                  </label>
                </td>
                <td>{isShown ? <TextField aria-label={`${t('ui.print.caption')} ${word}`} maxLength={40} placeholder={word} value={field.caption} onChange={(caption) => change(field.key, { caption } as Partial<F>)} /> : null}</td>
                {hasWidth ? <td>{isShown ? <MmField aria-label={`${t('ui.print.width')} ${word}`} value={field.width_mm ?? 0} onChange={(width_mm) => change(field.key, { width_mm } as Partial<F>)} /> : null}</td> : null}
                <td className="zg-print-order">
                  {isShown ? (
                    <>
                      <Button type="text" size="small" disabled={index === 0} icon={<ArrowUpOutlined aria-hidden />} aria-label={t('ui.print.up', { name: word })} onClick={() => move(index, -1)} />
                      <Button type="text" size="small" disabled={index === value.length - 1} icon={<ArrowDownOutlined aria-hidden />} aria-label={t('ui.print.down', { name: word })} onClick={() => move(index, 1)} />
                    </>
                  ) : null}
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </fieldset>
  )
}
