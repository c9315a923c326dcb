import { useMemo } from 'react'
import type { CustomField } from '../../../src-main/kernel/custom-fields.ts'
import { useAsk } from '../../api/use-ask.ts'

const NONE: readonly CustomField[] = []

/** The fields that the company added to one kind of record, in their order; retired ones too. None without a target. */
export function useCustomFields(target: string | undefined): readonly CustomField[] {
  const { data } = useAsk('platform.fields', {}, { enabled: target !== undefined })
  return useMemo(() => (target === undefined ? NONE : (data?.rows.filter((f) => f.target === target) ?? NONE)), [data, target])
}
