/**
 * People type faster than answers come. While a field waits for something (a search, a page that is opening), keys are held here
 * instead of landing in the wrong place, and typed again where the cursor then is: nothing is lost, nothing overtakes.
 */
type Key = { readonly key: string; readonly shiftKey: boolean; readonly ctrlKey: boolean; readonly altKey: boolean }

const queue: Key[] = []
let holds = 0
let isReplaying = false
/** A wait just ended: what it led to must be drawn before the next key. */
let isUnsettled = false

/** Longer than this nobody types blindly: what was held is given up. */
const PATIENCE_MS = 4_000

const isModifier = (key: string): boolean => key === 'Shift' || key === 'Control' || key === 'Alt' || key === 'Meta'

function hold(event: KeyboardEvent): void {
  if (!event.isTrusted || event.isComposing || event.key === 'Process' || isModifier(event.key)) return
  if (event.key === 'Escape') return letGo()
  event.preventDefault()
  event.stopImmediatePropagation()
  queue.push({ key: event.key, shiftKey: event.shiftKey, ctrlKey: event.ctrlKey, altKey: event.altKey })
}

function letGo(): void {
  queue.length = 0
  holds = 0
  removeEventListener('keydown', hold, true)
}

/** Holds keys until the function that it gives is called (once); gives up by itself after a while. */
export function holdKeys(): () => void {
  holds++
  addEventListener('keydown', hold, true)
  let isOpen = true
  const release = (): void => {
    if (!isOpen) return
    isOpen = false
    clearTimeout(timer)
    holds = Math.max(0, holds - 1)
    isUnsettled = true
    if (holds === 0) void replay()
  }
  const timer = setTimeout(() => {
    queue.length = 0
    release()
  }, PATIENCE_MS)
  return release
}

/** Frames in which a choice leads on from its field: usually two, more on a busy machine. One that leads nowhere holds keys no longer than this. */
const MOST_FRAMES = 12

/** Ends a hold once the cursor has left `field`: what was typed meanwhile is meant for where the choice leads. */
export function releaseOnceLeft(field: Element | null, release: () => void): void {
  let frames = 0
  const look = (): void => {
    if (document.activeElement !== field || ++frames > MOST_FRAMES) release()
    else requestAnimationFrame(look)
  }
  requestAnimationFrame(look)
}

const drawn = () => new Promise<void>((resolve) => setTimeout(() => requestAnimationFrame(() => setTimeout(resolve))))

/** Types the held keys again, one after the other, at wherever each one leads; stops when another wait begins. */
async function replay(): Promise<void> {
  if (isReplaying) return
  isReplaying = true
  while (holds === 0) {
    if (isUnsettled) {
      isUnsettled = false
      await drawn()
      continue
    }
    const next = queue.shift()
    if (!next) break
    typeAgain(next)
    isUnsettled = next.key.length > 1
    // What a key changed is taken in before the next one, as between keys of a hand.
    await new Promise((resolve) => setTimeout(resolve))
  }
  isReplaying = false
  if (holds === 0) removeEventListener('keydown', hold, true)
}

function typeAgain({ key, ...modifiers }: Key): void {
  const target = document.activeElement ?? document.body
  const isHandled = !target.dispatchEvent(new KeyboardEvent('keydown', { key, ...modifiers, bubbles: true, cancelable: true }))
  const isText = key.length === 1 && !modifiers.ctrlKey && !modifiers.altKey
  if (isText && !isHandled && (target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement)) document.execCommand('insertText', false, key)
}

/** Do keys wait here just now? */
export const heldElsewhere = (): boolean => holds > 0 || isReplaying

/** Types letters where the cursor is, after those that wait. */
export function typeInto(letters: readonly string[]): void {
  const keys = letters.map((key) => ({ key, shiftKey: false, ctrlKey: false, altKey: false }))
  if (heldElsewhere()) queue.push(...keys)
  else for (const key of keys) typeAgain(key)
}

const expected = new Map<string, () => void>()

/** Holds keys for a page that is about to open. */
export function holdKeysFor(page: string): void {
  expected.get(page)?.()
  expected.set(page, holdKeys())
}

/** The page is here and has the focus: what was typed for it follows. */
export function takeHeldKeys(page: string): void {
  expected.get(page)?.()
  expected.delete(page)
}
