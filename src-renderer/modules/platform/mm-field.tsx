import { formatDecimal, parseDecimal } from '../../../src-main/kernel/decimal.ts'
import { ParsedInput } from '../../ui/fields/parsed-input.tsx'

type Props = { readonly id?: string; readonly 'aria-label'?: string; readonly disabled?: boolean; readonly value: number; onChange(value: number): void }

/** A length in millimetres (or a letter's size in points), to the tenth; emptied, it is 0. */
export function MmField({ value, onChange, ...rest }: Props) {
  return (
    <ParsedInput<number>
      inputMode="decimal"
      align="end"
      format={(tenths) => formatDecimal(tenths, 1)}
      parse={(text) => parseDecimal(text, 1)}
      {...rest}
      value={Math.round(value * 10)}
      onChange={(tenths) => onChange((tenths ?? 0) / 10)}
    />
  )
}
