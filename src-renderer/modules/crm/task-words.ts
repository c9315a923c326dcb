import type { RowOf } from '../../api/operations.ts'
import type { Tone } from '../../ui/status-tag.tsx'

type Task = RowOf<'crm.tasks'>

export const stepKinds: readonly Task['kind'][] = ['call', 'visit', 'message', 'email', 'todo']
export const taskTone: Readonly<Record<Task['state'], Tone>> = { open: 'info', done: 'success', dropped: 'neutral' }
