import process from 'node:process'
import { createInterface } from 'node:readline'
import type { CustomField } from '../../kernel/custom-fields.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { answerOf, needed, print } from '../cli-verbs.ts'
import { describeAll } from '../describe.ts'
import { wholeRegistry } from '../modules.ts'
import { openOffice, type OpenOffice } from '../office.ts'
import type { Answer } from '../office-types.ts'
import { newCommandId } from '../world.ts'

type Given = { values: Record<string, string | undefined>; positionals: string[] }
type Call = { readonly name?: unknown; readonly input?: unknown; readonly commandId?: unknown }

/** `call NAME JSON` or `call -`: commands and queries, one JSON line each, in order. */
export async function callVerb({ values, positionals }: Given): Promise<number> {
  const [first, json] = positionals
  if (first === undefined) throw new Refusal('platform.optionMissing', { option: 'NAME' })
  const office = await openOffice({ data: needed(values, 'data') })
  try {
    const userId = await userOf(office, values['user'])
    if (first !== '-') {
      const answer = await callOne(office, { userId, call: { name: first, input: readJson(json ?? '{}') } })
      print(answer)
      return answer.ok ? 0 : 1
    }
    for await (const line of createInterface({ input: process.stdin, crlfDelay: Infinity })) {
      if (line.trim() !== '') await printed(await callLine(office, { userId, line }))
    }
    return 0
  } finally {
    await office.close()
  }
}

/** An answer is written before the next line is read: what was acknowledged is on its way out. */
async function printed(answer: Answer): Promise<void> {
  if (!process.stdout.write(`${JSON.stringify(answer)}\n`)) await new Promise((resolve) => process.stdout.once('drain', resolve))
}

async function callLine(office: OpenOffice, { userId, line }: { userId: string; line: string }): Promise<Answer> {
  try {
    return await callOne(office, { userId, call: readJson(line) as Call })
  } catch (error) {
    return answerOf(error)
  }
}

async function callOne(office: OpenOffice, { userId, call }: { userId: string; call: Call }): Promise<Answer> {
  if (typeof call !== 'object' || call === null || typeof call.name !== 'string') throw new Refusal('platform.malformedCall', {})
  // An id that is no text must not be replaced by a new one: the sender counts on it.
  if (call.commandId !== undefined && typeof call.commandId !== 'string') throw new Refusal('platform.malformedCall', {})
  const caller = { desk: 'cli', userId }
  const { name } = call
  const input = call.input ?? {}
  if (office.registry.queries.has(name)) return office.ask({ name, input }, caller)
  return office.run({ name, input, commandId: call.commandId ?? newCommandId() }, caller)
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new Refusal('platform.notJson', { reason: error instanceof Error ? error.message : String(error) })
  }
}

/** Whoever sits at the command line of this PC may open the file, so it acts as the owner unless a login is named. */
async function userOf(office: OpenOffice, login: string | undefined): Promise<string> {
  if (login === undefined) return (await office.bus.people()).ownerId ?? ''
  const row = await office.engine.read((db) => db.get<{ id: string }>('select id from platform_user where login = ? and is_active = 1', [login]))
  if (!row) throw new Refusal('platform.userUnknown', { login })
  return row.id
}

/** `describe [--data DIR] [NAME]`: every command and query, or one, as JSON; of a company with the fields that it added. */
export async function describeVerb({ values, positionals: [name] }: Given): Promise<number> {
  const all = describeAll(wholeRegistry(), values['data'] === undefined ? [] : await fieldsOf(values['data']))
  const found = name === undefined ? all : all.filter((d) => d.name === name)
  if (found.length === 0) throw new Refusal('platform.unknownOperation', { name })
  process.stdout.write(`${JSON.stringify(name === undefined ? found : found[0], null, 1)}\n`)
  return 0
}

async function fieldsOf(data: string): Promise<readonly CustomField[]> {
  const office = await openOffice({ data, readonly: 1 })
  try {
    return await office.customFields()
  } finally {
    await office.close()
  }
}
