import type { TFunction } from 'i18next'
import type { FieldProblem } from '../../src-main/kernel/refusal.ts'
import type { No } from '../api/client.ts'

/** A refusal that names a custom field by its key is a problem of that field too. */
function problemOfOwn(no: No): readonly FieldProblem[] {
  const key = no.kind === 'refusal' && no.code.startsWith('platform.field') ? no.details['key'] : undefined
  return typeof key === 'string' ? [{ path: ['extra', key], code: 'custom', message: no.code }] : []
}

/** What is wrong with the fields of a form. */
export const problemsOf = (no: No | null | undefined): readonly FieldProblem[] => (!no ? [] : no.kind === 'invalid' ? no.details.problems : problemOfOwn(no))

/** The first problem at or below this path ('lines.2.price_e4'). */
export function problemAt(problems: readonly FieldProblem[], path: string | undefined): FieldProblem | undefined {
  if (path === undefined) return undefined
  return problems.find((p) => {
    const own = p.path.join('.')
    return own === path || own.startsWith(`${path}.`)
  })
}

const KNOWN = ['too_small', 'too_big', 'invalid_type', 'invalid_format', 'invalid_value', 'unrecognized_keys', 'custom']

/** A form problem in the user's language, by its kind: the office's own English is for programs. */
export function problemText(problem: FieldProblem, t: TFunction): string {
  if (/expected (string|array) to have >=1 /.test(problem.message)) return t('ui.invalid.invalid_type')
  // The rules between fields have words of their own, by what they say for programs.
  const says = `ui.invalid.says.${problem.message}`
  if (problem.code === 'custom' && t(says) !== says) return t(says)
  const [, least] = /expected array to have >=(\d+) /.exec(problem.message) ?? []
  if (least !== undefined) return t('ui.invalid.atLeastItems', { limit: least })
  // Nobody types an id: what has none was not chosen.
  if (problem.code === 'invalid_format' && /_id$/.test(String(problem.path.at(-1)))) return t('ui.invalid.invalid_type')
  if (problem.code === 'invalid_format' && /(_on|^day)$/.test(String(problem.path.at(-1)))) return t('ui.invalid.day')
  const [, sign, limit] = /expected number to be ([<>])=?(-?[\d.]+)$/.exec(problem.message) ?? []
  // A limit in people's own unit is said; one of minor units or millionths is a number that nobody typed.
  if (limit !== undefined && !/_(minor|e\d)$/.test(String(problem.path.at(-1)))) return t(sign === '>' ? 'ui.invalid.atLeast' : 'ui.invalid.atMost', { limit })
  return t(`ui.invalid.${KNOWN.includes(problem.code) ? problem.code : 'custom'}`)
}
