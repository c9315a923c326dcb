import { QueryClient } from '@tanstack/react-query'
import { askKey } from '../api/use-ask.ts'
import type { No } from '../api/client.ts'
import type { AskInput, AskName, AskOutput } from '../api/operations.ts'
import type { Session } from '../api/session.tsx'

// What the pieces show where there is no office: the same in every run.

export const today = '2026-03-18'
export const record = { kind: 'sales.order', id: 'full' } as const
export const bare = { kind: 'sales.order', id: 'bare' } as const

export const session: Session = {
  company: { name: '掌柜', profile: 'cn-small', currency: 'CNY', first_day: '2026-01-01', locale: 'zh-CN', taxpayer: 'small', prices_include_tax: 1, is_sample: 0 },
  user: { id: 'me', name: 'Li', roles: ['owner'] },
  today,
  menu: { entries: null, modules_off: [] },
  isOnePerson: true,
  may: () => true,
}

const at = Date.UTC(2026, 2, 16, 3, 12)

/** A cache that knows the answers and never asks. */
export function cannedCache(): QueryClient {
  const cache = new QueryClient({ defaultOptions: { queries: { staleTime: Number.POSITIVE_INFINITY, retry: false, refetchOnMount: false } } })
  const answer = <N extends AskName>(name: N, input: AskInput<N>, output: AskOutput<N>): void => void cache.setQueryData(askKey(name, input), output)
  const of = (id: string) => ({ source_kind: record.kind, source_id: id })
  const file = { sha256: '', size: 184_320, added_by: 'me', added_name: 'Li', added_at: at }
  answer('platform.attachments', of('full'), {
    rows: [
      { attachment_id: 'a1', name: 'SO2026-00280.pdf', mime: 'application/pdf', ...file },
      { attachment_id: 'a2', name: 'photo.jpg', mime: 'image/jpeg', ...file, size: 2_400_000 },
      { attachment_id: 'a3', name: 'list.xlsx', mime: 'application/octet-stream', ...file },
    ],
  })
  answer('platform.attachments', of('bare'), { rows: [] })
  answer('platform.comments', of('full'), {
    rows: [
      { comment_id: 'c1', user_name: 'Li', is_own: 1, written_at: at, text: '28 ✓' },
      { comment_id: 'c2', user_name: 'Amy', is_own: 0, written_at: at, text: null },
    ],
  })
  answer('platform.comments', of('bare'), { rows: [] })
  return cache
}

/** One no of each kind. */
export const noes: readonly No[] = [
  { ok: false, kind: 'refusal', code: 'sales.creditLimitExceeded', details: { party_name: 'Amy', limit_minor: 100_000, owed_minor: 80_000, order_minor: 45_000 } },
  { ok: false, kind: 'invalid', code: 'platform.invalidInput', details: { problems: [{ path: ['lines', 1, 'price_e4'], code: 'too_small', message: '' }] } },
  { ok: false, kind: 'defect', code: 'defect', details: { incident: 'K7-2Q4' } },
]

export type Row = { readonly id: string; readonly number: string; readonly name: string; readonly day: string; readonly state: 'confirmed' | 'draft' | 'closed'; readonly total_minor: number }
const states = ['confirmed', 'closed', 'draft'] as const
export const rows: readonly Row[] = Array.from({ length: 60 }, (_, i) => ({
  id: String(i),
  number: `SO2026-${String(280 - i).padStart(5, '0')}`,
  name: `Amy & Li ${i + 1}`,
  day: `2026-03-${String(18 - (i % 17)).padStart(2, '0')}`,
  state: states[i % 3]!,
  total_minor: 12_345 + i * 6_789,
}))
