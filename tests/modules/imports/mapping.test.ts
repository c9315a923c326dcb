import { describe, expect, it } from 'vitest'
import { checkMapping, proposeMapping } from '../../../src-main/app/imports/mapping.ts'
import type { ImportField } from '../../../src-main/kernel/operation.ts'
import { Refusal } from '../../../src-main/kernel/refusal.ts'

const field = (key: string, headers: string[], is_required: boolean): ImportField => ({ key, form: 'text', is_required, headers })
const fields = [field('name', ['名称', 'Name'], true), field('unit_price', ['单价（元）', 'Unit price'], true), field('note', ['备注', 'Note', 'Name'], false)]

const codeOf = (work: () => void): string => {
  try {
    work()
  } catch (error) {
    if (error instanceof Refusal) return error.code
    throw error
  }
  return 'taken'
}

describe('mapping columns', () => {
  it('proposes by header in both languages, folding case, width, blanks, stars and punctuation', () => {
    expect(proposeMapping(fields, ['ＮＡＭＥ*', '单价(元)', '備考'])).toEqual({ name: 'ＮＡＭＥ*', unit_price: '单价(元)' })
    expect(proposeMapping(fields, ['unit_price', 'note', ' name '])).toEqual({ unit_price: 'unit_price', note: 'note', name: ' name ' })
  })

  it('gives no header to two fields', () => expect(proposeMapping(fields, ['Name'])).toEqual({ name: 'Name' }))

  it('refuses what cannot be by name', () => {
    const headers = ['A', 'B', 'C']
    const check = (mapping: Record<string, string>) => codeOf(() => checkMapping(mapping, { fields, headers }))
    expect(check({ name: 'A', unit_price: 'B' })).toBe('taken')
    expect(check({ name: 'A' })).toBe('import.fieldUnmapped')
    expect(check({ name: 'A', unit_price: 'X' })).toBe('import.headerUnknown')
    expect(check({ name: 'A', unit_price: 'A' })).toBe('import.headerTwice')
    expect(check({ name: 'A', unit_price: 'B', colour: 'C' })).toBe('import.fieldUnknown')
  })
})
