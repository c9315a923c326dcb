import { run, type No } from '../../api/client.ts'
import { newCommandId } from '../../api/command-id.ts'

/** Where the cursor stands in a form: a field of its header by its path, or a cell of its lines. */
export type Cursor = { readonly field: string } | { readonly line: number; readonly column: number }
type Step<D> = { readonly value: D; readonly cursor: Cursor | null }

/**
 * How a change counts for undo. 'typed': goes on with the step before it while the cursor stays in one field; 'whole': a step of its
 * own; 'follows': belongs to the step before it (a price that was looked up).
 */
export type How = 'typed' | 'whole' | 'follows'

/** What was kept of a draft: the form's state and where the cursor was. */
export type Kept = { readonly value: object; readonly cursor: Cursor | null; readonly revision: number; readonly saved_at: number }

/** What the form shows of its draft. */
export type DraftState = {
  readonly restored_at: number | null
  /** It lies in the company file as it stands on the screen. */
  readonly isKept: boolean
  readonly no: No | null
}

const MOST_STEPS = 300
/** Typing in one field within this time is one step. */
const ONE_STEP_MS = 1_200
const SAVE_AFTER_MS = 350
const SAVE_AT_LATEST_MS = 800
const RETRY_MS = 1_500

/** This page among all that may write the same draft. */
export const writer = `page-${Math.random().toString(36).slice(2, 12)}`

/** Ids of lines must differ from those of drafts that another page wrote. */
const keyBase = Math.random().toString(36).slice(2, 8)
let keys = 0
export const newKey = (): string => `${keyBase}-${++keys}`

/** One open form: its state, the steps back and forth, and its copy in the company file, which follows within a second. */
export class Desk<D extends object = object> {
  address: string
  /** The cursor as it stands now, and where a form that is shown again shall put it. */
  cursor: Cursor | null = null
  revision = 0
  private value: D
  private first: () => D
  private past: Step<D>[] = []
  private future: Step<D>[] = []
  private last: { readonly at: number; readonly where: string } | null = null
  private isOwn = false
  /** What is here was entered elsewhere, and nothing was changed since: a page that only looks writes nothing, or whoever enters would collide with it. */
  private isFollowing = false
  private unsavedSince: number | null = null
  private timer: ReturnType<typeof setTimeout> | undefined
  /** What goes to the office, one after the other: a draft thrown away is never written again by an older save. */
  private tail: Promise<void> = Promise.resolve()
  /** Counts what was settled: answers to what was kept before do not concern what is entered after. */
  private round = 0
  private state: DraftState = { restored_at: null, isKept: false, no: null }
  private readonly listeners = new Set<() => void>()
  private readonly movedTo: (address: string) => void

  constructor({ address, first, kept, movedTo }: { address: string; first: () => D; kept: Kept | undefined; movedTo: (address: string) => void }) {
    this.address = address
    this.first = first
    this.value = first()
    this.movedTo = movedTo
    if (kept) this.follow(kept)
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }
  readonly now = (): D => this.value
  readonly status = (): DraftState => this.state
  /** Was something entered that is neither saved nor posted? */
  readonly isTouched = (): boolean => this.isOwn
  readonly isUnsaved = (): boolean => this.unsavedSince !== null

  private tell(state: Partial<DraftState> = {}): void {
    this.state = { ...this.state, ...state }
    for (const listener of this.listeners) listener()
  }

  /** Takes over what was kept, by this page's predecessor or by another desk. */
  follow({ value, cursor, revision, saved_at }: Kept): void {
    this.value = { ...this.first(), ...value }
    this.cursor = cursor
    this.revision = revision
    this.isOwn = true
    this.isFollowing = true
    desks.set(this.address, this as unknown as Desk)
    this.past = []
    this.future = []
    this.tell({ restored_at: saved_at, isKept: true })
  }

  /** Changes what is entered. */
  set(changes: Partial<D> | ((now: D) => Partial<D>), how: How = 'typed'): void {
    const parts = typeof changes === 'function' ? changes(this.value) : changes
    if ((Object.keys(parts) as (keyof D)[]).every((key) => parts[key] === this.value[key])) return
    // What is looked up for a form in which nothing was entered makes no draft of it.
    if (how === 'follows' && (!this.isOwn || this.isFollowing)) return this.tidy(parts)
    const where = `${Object.keys(parts).join()} ${JSON.stringify(this.cursor)}`
    const at = performance.now()
    const goesOn = how === 'follows' || (how === 'typed' && this.last?.where === where && at - this.last.at < ONE_STEP_MS)
    if (!goesOn) {
      this.past.push({ value: this.value, cursor: this.cursor })
      if (this.past.length > MOST_STEPS) this.past.shift()
    }
    // A price that comes late does not take away what could be done again.
    if (how !== 'follows') {
      this.future = []
      this.last = how === 'whole' ? null : { at, where }
    }
    this.put({ ...this.value, ...parts })
  }

  /** Tidies what is on the screen without making it a draft. */
  tidy(changes: Partial<D>): void {
    this.value = { ...this.value, ...changes }
    this.tell()
  }

  private put(value: D): void {
    this.value = value
    this.isOwn = true
    this.isFollowing = false
    desks.set(this.address, this as unknown as Desk)
    this.unsavedSince ??= Date.now()
    clearTimeout(this.timer)
    const left = this.unsavedSince + SAVE_AT_LATEST_MS - Date.now()
    this.timer = setTimeout(() => this.save(), Math.max(0, Math.min(SAVE_AFTER_MS, left)))
    this.tell({ isKept: false })
  }

  /** One step back; gives the place where it was made, undefined where there is none. */
  readonly undo = (): Cursor | null | undefined => this.step(this.past, this.future)
  readonly redo = (): Cursor | null | undefined => this.step(this.future, this.past)

  private step(from: Step<D>[], to: Step<D>[]): Cursor | null | undefined {
    const step = from.pop()
    if (!step) return undefined
    to.push({ value: this.value, cursor: step.cursor })
    this.last = null
    this.put(step.value)
    return step.cursor
  }

  /** The cursor went elsewhere: a draft that is kept shall know. */
  readonly moveTo = (cursor: Cursor): void => {
    this.cursor = cursor
    if (this.isOwn && !this.isFollowing && this.unsavedSince === null) this.put(this.value)
  }

  /** Writes down at once what waits for its moment. */
  readonly save = (): void => {
    clearTimeout(this.timer)
    if (this.unsavedSince === null) return
    this.unsavedSince = null
    const kept = this.value
    const round = this.round
    this.enqueue(async () => {
      if (round !== this.round) return
      const body = JSON.stringify({ value: kept, cursor: this.cursor }, withoutLookups)
      const input = { address: this.address, subject: subjectOf(kept), body, writer, revision: this.revision }
      const said = await run('platform.keepDraft', input, { commandId: newCommandId() }).catch(() => undefined)
      if (said === undefined) {
        // The office is away for the moment: said again, with what was entered until then.
        if (!this.isOwn || round !== this.round) return
        this.unsavedSince ??= Date.now()
        this.timer = setTimeout(this.save, RETRY_MS)
        return
      }
      if (round !== this.round) return
      if (!said.ok) return this.tell({ no: said })
      this.revision = said.output.revision
      if (said.output.address !== this.address) {
        const before = this.address
        this.address = said.output.address
        move(this as unknown as Desk, before)
        this.movedTo(this.address)
      }
      this.tell({ no: null, isKept: this.unsavedSince === null && this.isOwn })
    })
  }

  /** What was entered is saved, posted or given up: there is no draft any more. */
  readonly settle = (): void => {
    this.leave()
    this.isOwn = false
    // What was saved is what a later draft is thrown back to.
    const saved = this.value
    this.first = () => saved
    if (desks.get(this.address) === (this as unknown as Desk)) desks.delete(this.address)
    this.tell({ restored_at: null, isKept: false, no: null })
    this.enqueue(async () => {
      await run('platform.dropDraft', { address: this.address }, { commandId: newCommandId() }).catch(() => undefined)
    })
  }

  /** Throws the draft away; a step back still brings it up again. */
  readonly throwAway = (): void => {
    this.set(this.first() as Partial<D>, 'whole')
    this.settle()
  }

  /** What is here has nothing to do any more with the draft that was kept until now. */
  private leave(): void {
    clearTimeout(this.timer)
    this.unsavedSince = null
    this.round++
    this.revision = 0
  }

  /** What a command that makes the draft real says of it, once nothing is on its way any more. */
  async reference(): Promise<{ readonly address: string; readonly revision: number; readonly writer: string }> {
    await this.tail
    return { address: this.address, revision: this.revision, writer }
  }

  /** Something was made of the draft elsewhere, or it was thrown away there: asks what, and is told by the office's no. */
  readonly findFate = (): void => this.put(this.value)

  /** What is on the screen goes on as a draft of its own. */
  readonly goOnApart = (): void => {
    const before = this.address
    this.leave()
    this.address = `${before.split('?')[0]}?d=${Math.random().toString(36).slice(2, 8)}`
    move(this as unknown as Desk, before)
    this.put(this.value)
    this.tell({ no: null, restored_at: null })
    this.movedTo(this.address)
  }

  private enqueue(work: () => Promise<void>): void {
    this.tail = this.tail.then(work)
  }
}

/** Stock and prices are asked anew: what was true when a draft was written is not when it comes back. */
const withoutLookups = (key: string, value: unknown): unknown => (key === 'info' ? null : value)

/** What a draft is about, in its own words: whom it is with, how it is called. */
export function subjectOf(value: object): string {
  const { party, name, summary, reason } = value as { party?: { name?: string } | null; name?: unknown; summary?: unknown; reason?: unknown }
  const text = [party?.name, name, summary, reason].find((part) => typeof part === 'string' && part.trim() !== '') as string | undefined
  return (text ?? '').replace(/\p{Cc}/gu, ' ').trim().slice(0, 200)
}

const desks = new Map<string, Desk>()
const waiting = new Map<string, Kept>()

/** The form of an address in which something was entered, if any. */
export const deskAt = (address: string): Desk | undefined => desks.get(address)
export const isWaiting = (address: string): boolean => waiting.has(address)

/** A draft that came from the company file: the form that opens there begins with it. */
export function bringBack(address: string, kept: Kept): void {
  const desk = desks.get(address)
  if (desk) desk.follow(kept)
  else waiting.set(address, kept)
}

/** The desk for a form that opens: as it was left, as it was kept, or anew. */
export function openDesk<D extends object>(at: { address: string; first: () => D; movedTo: (address: string) => void }): Desk<D> {
  const known = desks.get(at.address)
  if (known?.isTouched()) return known as unknown as Desk<D>
  const desk = new Desk<D>({ ...at, kept: waiting.get(at.address) })
  waiting.delete(at.address)
  return desk
}

/** A form's tab was closed. */
export function closeDesk(address: string): void {
  const desk = desks.get(address)
  desks.delete(address)
  waiting.delete(address)
  if (desk) desk.settle()
  else void run('platform.dropDraft', { address }, { commandId: newCommandId() }).catch(() => undefined)
}

function move(desk: Desk, before: string): void {
  desks.delete(before)
  desks.set(desk.address, desk)
}

// What is on its way is sent when the window goes; only what could not be sent yet holds it back.
addEventListener('visibilitychange', () => document.hidden && desks.forEach((desk) => desk.save()))
addEventListener('beforeunload', (event) => {
  const unsaved = [...desks.values()].filter((desk) => desk.isUnsaved())
  unsaved.forEach((desk) => desk.save())
  if (unsaved.length > 0) event.preventDefault()
})
