import type { InputHTMLAttributes, KeyboardEvent } from 'react'
import { CalendarOutlined } from '@ant-design/icons'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { addDays } from '../../../src-main/kernel/day.ts'
import { formatDecimal, parseDecimal, plainNumberText } from '../../../src-main/kernel/decimal.ts'
import { formatMoney, parseMoney } from '../../../src-main/kernel/money.ts'
import { formatQuantity, parseQuantity } from '../../../src-main/kernel/quantity.ts'
import { useFormat } from '../format.ts'
import { useToday } from '../today.ts'
import { parseDay } from './day-text.ts'
import { ParsedInput } from './parsed-input.tsx'

type Passed = Omit<InputHTMLAttributes<HTMLInputElement>, 'value' | 'onChange' | 'onBlur' | 'type' | 'onKeyDown'>
type ValueProps<T> = Passed & {
  readonly value: T | null
  onChange(value: T | null): void
  readonly look?: 'field' | 'cell'
  onKeyDown?(event: KeyboardEvent<HTMLInputElement>): void
}

/** Money in minor units of the company's currency. */
export function MoneyField(props: ValueProps<number>) {
  const { digits, locale } = useFormat()
  return (
    <ParsedInput<number>
      inputMode="decimal"
      align="end"
      format={(minor) => formatMoney(minor, { digits, locale })}
      parse={(text) => parseMoney(text, digits)}
      {...props}
    />
  )
}

/** Unit price, e4. */
export function PriceField(props: ValueProps<number>) {
  const { digits } = useFormat()
  return (
    <ParsedInput<number>
      inputMode="decimal"
      align="end"
      format={(price_e4) => formatDecimal(price_e4, 4, Math.min(digits, 4))}
      parse={(text) => {
        const price = parseDecimal(text, 4)
        return price === undefined || price < 0 ? undefined : price
      }}
      {...props}
    />
  )
}

/** Quantity, e6. */
export function QuantityField(props: ValueProps<number>) {
  return <ParsedInput<number> inputMode="decimal" align="end" format={formatQuantity} parse={parseQuantity} {...props} />
}

/** A rate in percent, e8. */
export function PercentField(props: ValueProps<number>) {
  return (
    <ParsedInput<number>
      inputMode="decimal"
      align="end"
      format={(rate_e8) => formatDecimal(rate_e8, 6)}
      parse={(text) => {
        const rate = parseDecimal(text.replace(/[%％]/, ''), 6)
        return rate === undefined || rate < 0 || rate > 100_000_000 ? undefined : rate
      }}
      {...props}
    />
  )
}

/** Full-width digits are digits too. */
function parseWhole(text: string): number | undefined {
  const plain = plainNumberText(text)
  return /^\d{1,9}$/.test(plain) ? Number(plain) : undefined
}

/** A small whole number: days, digits, positions. */
export function WholeField(props: ValueProps<number>) {
  return (
    <ParsedInput<number>
      inputMode="numeric"
      holds="whole"
      align="end"
      format={String}
      parse={parseWhole}
      {...props}
    />
  )
}

/** A day: typed in any usual way, stepped by the arrows, or picked from the browser's own calendar. */
export function DayField({ value, onChange, onKeyDown, look = 'field', ...rest }: ValueProps<string>) {
  const today = useToday()
  const { t } = useTranslation()
  const calendar = useRef<HTMLInputElement>(null)
  return (
    <span className="zg-day">
      <ParsedInput<string>
        {...rest}
        look={look}
        holds="day"
        placeholder={rest.placeholder ?? t('ui.dayForm')}
        className="zg-figures"
        value={value}
        onChange={onChange}
        format={(day) => day}
        parse={(text) => parseDay(text, today)}
        onKeyDown={(event) => {
          if (event.key === 'ArrowUp' || event.key === 'ArrowDown') {
            event.preventDefault()
            event.currentTarget.blur()
            onChange(addDays(value ?? today, event.key === 'ArrowUp' ? 1 : -1))
            event.currentTarget.focus()
          }
          onKeyDown?.(event)
        }}
      />
      {look === 'field' ? (
        <>
          <button type="button" tabIndex={-1} className="zg-day-button" aria-label={t('ui.openCalendar')} onClick={() => calendar.current?.showPicker()}>
            <CalendarOutlined aria-hidden />
          </button>
          <input
            ref={calendar}
            type="date"
            tabIndex={-1}
            aria-hidden
            className="zg-day-native"
            value={value ?? ''}
            onChange={(event) => onChange(event.target.value || null)}
          />
        </>
      ) : null}
    </span>
  )
}

export type TextProps = Omit<InputHTMLAttributes<HTMLInputElement>, 'value' | 'onChange'> & {
  readonly value: string | null
  onChange(value: string): void
  readonly look?: 'field' | 'cell'
}

export function TextField({ value, onChange, look = 'field', className = '', ...rest }: TextProps) {
  return (
    <input
      type="text"
      autoComplete="off"
      {...rest}
      className={`zg-input${look === 'cell' ? ' zg-in-cell' : ''} ${className}`}
      value={value ?? ''}
      onChange={(event) => onChange(event.target.value)}
    />
  )
}

type AreaProps = { readonly id?: string; readonly value: string | null; onChange(value: string): void; readonly rows?: number; readonly isFirst?: boolean; readonly 'aria-label'?: string }

/** `isFirst`: a dialog begins here. */
export function TextArea({ value, onChange, rows = 2, isFirst, ...rest }: AreaProps) {
  return <textarea {...rest} data-first={isFirst ? '' : undefined} rows={rows} className="zg-input zg-area" value={value ?? ''} onChange={(event) => onChange(event.target.value)} />
}

type SelectProps<V extends string> = {
  readonly id?: string
  readonly 'aria-label'?: string
  readonly 'aria-describedby'?: string
  readonly 'aria-invalid'?: true
  readonly value: V | null
  readonly options: readonly { readonly value: V; readonly label: string }[]
  /** The words of the empty choice; without it something must be chosen. */
  readonly none?: string
  readonly disabled?: boolean
  readonly autoFocus?: boolean
  readonly look?: 'field' | 'cell'
  /** What the closed box shows where it has no room for the whole words of the choice. */
  readonly short?: string
  onChange(value: V | null): void
}

/** The browser's own choice box: its keyboard is the one people know. */
export function SelectField<V extends string>({ value, options, none, look = 'field', short, onChange, ...rest }: SelectProps<V>) {
  const select = (
    <select
      {...rest}
      className={`zg-input zg-select${look === 'cell' ? ' zg-in-cell' : ''}`}
      value={value ?? ''}
      onChange={(event) => onChange(event.target.value === '' ? null : (event.target.value as V))}
    >
      {none === undefined ? null : <option value="">{none}</option>}
      {options.map((o) => (
        <option key={o.value} value={o.value}>
          {o.label}
        </option>
      ))}
    </select>
  )
  return short === undefined ? (
    select
  ) : (
    <span className="zg-select-short" data-short={short}>
      {select}
    </span>
  )
}
