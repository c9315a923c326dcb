import { useEffect, useRef } from 'react'
import { heldElsewhere, typeInto } from '../held-keys.ts'

/**
 * A barcode scanner is a keyboard that types faster than any hand and ends with Enter or Tab. Its characters are told apart by their
 * pace, wherever the cursor is, and never reach the field: from the second one on they are held back, and what the first one changed
 * is put back. With an input method on, the keys say 'Process' and only their place on the keyboard is known.
 */

/** A hand is rarely so quick from one key to the next, a scanner nearly always. */
const PACE_MS = 35
/** A busy machine may be late with some keys of a scan; it is waited for the longer once it is known to be one. */
const LATE_MS = 250
const LATEST_MS = 400
const SHORTEST = 6
/** So many quick keys, and so large a part of all, are no hand's. */
const SURE = 4
const SURE_PART = 0.6
/** No hand keeps this up on average over so many keys, whatever delays a few of them. */
const LONG = 8
const MEAN_MS = 50
/** More than a key may be late, so that none is overtaken by what was held back. */
const GIVE_BACK_MS = 20
/** Scans that follow each other this closely are one go: then not even the first key reaches the field. */
const GO_MS = 600

type Key = { readonly char: string; readonly isQuick: boolean; readonly isIme: boolean; isHeld: boolean }
/** A field as it was before the first key. */
type Before = { readonly element: HTMLInputElement | HTMLTextAreaElement; readonly value: string; readonly start: number | null; readonly end: number | null }

/** Takes scans on this page while `take` is there; `inDialog` hears of those that came while a dialog was in front. */
export function useScanner(tools: { take(): ((barcode: string) => void) | null; inDialog(barcode: string): void }): void {
  const latest = useRef(tools)
  latest.current = tools
  useEffect(() => {
    const scanner = new Scanner({ take: () => latest.current.take(), inDialog: (barcode) => latest.current.inDialog(barcode) })
    addEventListener('keydown', scanner.onKeyDown, true)
    addEventListener('input', scanner.onInput, true)
    return () => {
      removeEventListener('keydown', scanner.onKeyDown, true)
      removeEventListener('input', scanner.onInput, true)
    }
  }, [])
}

class Scanner {
  private keys: Key[] = []
  private first = 0
  private last = 0
  private lastScan = -GO_MS
  private before: Before | null = null
  /** What an input method may still write down. */
  private imeText = ''
  private timer: ReturnType<typeof setTimeout> | undefined
  private readonly tools: { take(): ((barcode: string) => void) | null; inDialog(barcode: string): void }

  constructor(tools: Scanner['tools']) {
    this.tools = tools
  }

  readonly onKeyDown = (event: KeyboardEvent): void => {
    const take = this.tools.take()
    if (!event.isTrusted || take === null || event.key === 'Shift' || event.key === 'CapsLock') return
    const isFront = dialogInFront()
    const element = textField(event.target)
    const isGo = event.timeStamp - this.lastScan < GO_MS
    const isSure = isGo || this.isPaced()
    const pause = event.timeStamp - this.last
    const isLate = pause > (isSure ? LATEST_MS : LATE_MS)
    const char = event.ctrlKey || event.altKey || event.metaKey ? undefined : charOf(event)
    if (char === undefined) {
      const isEnd = ['Enter', 'NumpadEnter', 'Tab'].includes(event.code) && !isLate && this.keys.length >= SHORTEST && this.isPaced()
      if (!isEnd) return this.forget()
      stop(event)
      const barcode = this.keys.map((key) => key.char).join('')
      this.done(event.timeStamp)
      // Enter would answer the dialog, and the barcode become somebody's name.
      if (isFront) this.tools.inDialog(barcode)
      else take(barcode)
      return
    }
    if (isLate || this.keys.length === 0) {
      this.forget()
      // In one go the field is as it was before the first scan; what a scan left behind is put back by the next.
      if (!isGo || this.before?.element !== element) this.before = element && { element, value: element.value, start: element.selectionStart, end: element.selectionEnd }
    }
    if (this.keys.length === 0) this.first = event.timeStamp
    const isQuick = this.keys.length > 0 && pause <= PACE_MS
    const isHeld = isQuick || isSure || element === null || heldElsewhere()
    this.last = event.timeStamp
    this.keys.push({ char, isQuick, isIme: isOfIme(event), isHeld })
    clearTimeout(this.timer)
    if (!isHeld) return this.giveBack()
    stop(event)
    this.wait((isSure ? LATEST_MS : PACE_MS) + GIVE_BACK_MS)
  }

  /** Gives back after so long, unless the next key has come already and only this page is late to hear of it. */
  private wait(ms: number): void {
    this.timer = setTimeout(() => (isKeyPending() ? this.wait(GIVE_BACK_MS) : this.giveBack()), ms)
  }

  /** So many quick keys, and nearly all of them: a quick typist has some, a scanner hardly any other. */
  private isPaced(): boolean {
    const quick = this.keys.filter((key) => key.isQuick).length
    const gaps = this.keys.length - 1
    return (quick >= SURE && quick >= gaps * SURE_PART) || (gaps >= LONG && this.last - this.first <= gaps * MEAN_MS)
  }

  /** It may be a hand after all: what was held back is typed. Should it be a scan, it is put back at its end. */
  private giveBack(): void {
    clearTimeout(this.timer)
    // The input method has its keys already.
    const held = this.keys.filter((key) => key.isHeld && !key.isIme)
    for (const key of this.keys) key.isHeld = false
    if (held.length > 0) typeInto(held.map((key) => key.char))
  }

  private forget(): void {
    this.giveBack()
    this.keys = []
  }

  private done(at: number): void {
    clearTimeout(this.timer)
    this.imeText = this.keys.some((key) => key.isIme) ? this.keys.map((key) => key.char).join('') : ''
    this.keys = []
    this.last = 0
    this.lastScan = at
    this.putBack()
  }

  /** An input method writes down what it had collected when the scan has ended already. */
  readonly onInput = (event: Event): void => {
    if (!event.isTrusted || this.imeText === '' || this.keys.length > 0) return
    const isItsText = event instanceof InputEvent && event.data === this.imeText
    if (isItsText || event.timeStamp - this.lastScan < LATE_MS) setTimeout(() => this.putBack())
  }

  private putBack(): void {
    const { before } = this
    if (!before || document.activeElement !== before.element) return
    const { element, value, start, end } = before
    if (element.value === value && !isComposing(element)) return
    // Leaving the field ends what an input method or a list of choices has begun in it.
    element.blur()
    if (element.value !== value) {
      const { set } = Object.getOwnPropertyDescriptor(element instanceof HTMLInputElement ? HTMLInputElement.prototype : HTMLTextAreaElement.prototype, 'value')!
      set!.call(element, value)
      element.dispatchEvent(new Event('input', { bubbles: true }))
      element.focus()
      element.blur()
    }
    element.focus()
    if (start !== null) element.setSelectionRange(start, end)
  }
}

/** Browsers other than Chromium do not say. */
const isKeyPending = (): boolean => (navigator as { scheduling?: { isInputPending?(): boolean } }).scheduling?.isInputPending?.() ?? false
const stop = (event: KeyboardEvent): void => {
  event.preventDefault()
  event.stopImmediatePropagation()
}
const dialogInFront = (): boolean => document.querySelector('.ant-modal-wrap:not([style*="display: none"])') !== null
const textField = (target: EventTarget | null): HTMLInputElement | HTMLTextAreaElement | null =>
  target instanceof HTMLTextAreaElement || (target instanceof HTMLInputElement && !['checkbox', 'radio', 'button'].includes(target.type)) ? target : null
const isOfIme = (event: KeyboardEvent): boolean => event.isComposing || event.key === 'Process' || event.key === 'Unidentified'
// The list of choices hangs on what was typed.
const isComposing = (element: HTMLElement): boolean => element.getAttribute('aria-expanded') === 'true'

const plain: Readonly<Record<string, string>> = { Minus: '-', Period: '.', Slash: '/', Space: ' ', NumpadSubtract: '-', NumpadDecimal: '.', NumpadDivide: '/', NumpadAdd: '+', Equal: '=', Comma: ',', Semicolon: ';' }
const shifted: Readonly<Record<string, string>> = { Digit4: '$', Digit5: '%', Equal: '+', Digit8: '*', Minus: '_', Semicolon: ':' }

/** The character of a key; where an input method hides it, by its place on the keyboard. */
function charOf(event: KeyboardEvent): string | undefined {
  if (!isOfIme(event)) return event.key.length === 1 ? event.key : undefined
  const { code, shiftKey } = event
  if (shiftKey && shifted[code] !== undefined) return shifted[code]
  const letter = /^Key([A-Z])$/.exec(code)?.[1]
  if (letter) return shiftKey !== event.getModifierState('CapsLock') ? letter : letter.toLowerCase()
  return /^(?:Digit|Numpad)(\d)$/.exec(code)?.[1] ?? plain[code]
}
