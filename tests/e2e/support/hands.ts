import type { Page, Response } from '@playwright/test'
import { settled } from './crawl.ts'

/** What a walk by the Tab key alone came by, and what is wrong with it. */
export type Walk = { readonly stops: readonly string[]; readonly faults: readonly string[] }

/** So many stops and no end: the walk is caught somewhere, or nobody would walk it. */
const MOST_STOPS = 300

/**
 * Walks the front of the page (a dialog, else what is beside the navigation) by the Tab key alone. At fault is: a stop that does not show that it
 * has the focus, one that something else lies upon, a walk without an end, and whatever a mouse can press that the walk never came by.
 */
export async function walkByTab(page: Page): Promise<Walk> {
  const scope = await page.evaluate(beginWalk)
  const stops: string[] = []
  const faults: string[] = []
  for (;;) {
    await page.keyboard.press('Tab')
    const step = await page.evaluate(stepOn)
    if (step.fault !== null) faults.push(step.fault)
    if (step.stop === null) break
    if (step.stop !== '') stops.push(step.stop)
    if (stops.length > MOST_STOPS) {
      faults.push(`no way out of the ${scope} after ${MOST_STOPS} stops, the last at ${step.stop}`)
      break
    }
  }
  faults.push(...(await page.evaluate(missedOnWalk)))
  return { stops, faults }
}

type Walking = Window & { zgWalk?: { readonly root: Element; readonly seen: Set<Element>; last: { readonly element: Element; readonly look: string; readonly name: string } | null; readonly isRound: boolean; outside?: number } }

/** Stands before the first stop. Runs in the page. */
function beginWalk(): 'dialog' | 'page' {
  const dialogs = [...document.querySelectorAll('.ant-modal, .ant-drawer-content-wrapper')].filter((box) => box.checkVisibility())
  const root = dialogs.at(-1) ?? document.querySelector('main') ?? document.body
  const still = document.createElement('style')
  still.textContent = '*, *::before, *::after { transition: none !important; animation: none !important; caret-color: transparent !important }'
  document.head.append(still)
  // A dialog's walk goes round, so what has the focus is come by at its end.
  ;(window as Walking).zgWalk = { root, seen: new Set(), last: null, isRound: dialogs.length > 0 }
  if (dialogs.length === 0 && root instanceof HTMLElement) {
    root.tabIndex = -1
    root.focus({ preventScroll: true })
  }
  return dialogs.length > 0 ? 'dialog' : 'page'
}

/** Looks at where one press of Tab led; `stop` is null where the walk is over. Runs in the page. */
function stepOn(): { stop: string | null; fault: string | null } {
  const walk = (window as Walking).zgWalk!
  const nameOf = (e: Element): string =>
    `${e.tagName.toLowerCase()}${e.getAttribute('role') ? `[${e.getAttribute('role')}]` : ''} “${(e.getAttribute('aria-label') ?? (e.id ? document.querySelector(`label[for="${CSS.escape(e.id)}"]`)?.textContent : null) ?? e.textContent ?? '').trim().slice(0, 40)}”`
  // The look of the stop and of what lies right around and in it: a ring may be drawn by any of them.
  const lookOf = (e: Element): string =>
    [e, e.parentElement, e.parentElement?.parentElement, ...[...e.querySelectorAll('*')].slice(0, 6), e.nextElementSibling]
      .filter((one) => one != null)
      .flatMap((one) => {
        const s = getComputedStyle(one)
        const after = getComputedStyle(one, '::after')
        return [s.outlineStyle, s.outlineWidth, s.boxShadow, s.borderColor, s.backgroundColor, s.opacity, s.textDecorationLine, after.boxShadow, after.borderColor, after.backgroundColor, after.outlineStyle]
      })
      .join('|')
  const { last } = walk
  let fault: string | null = null
  if (last && !last.element.matches('iframe') && last.element !== document.activeElement && lookOf(last.element) === last.look && last.element.isConnected) fault = `focus is not seen at ${last.name}`
  const here = document.activeElement
  const isOutside = here === null || here === document.body || !walk.root.contains(here)
  const isGuard = here === null || here === document.body || (here.matches('.ant-modal-wrap *, .ant-modal-wrap') && (here.textContent ?? '') === '')
  walk.last = null
  // The browser's own frame, and the guards that lead round, lie between the end of a dialog and its beginning.
  if (walk.isRound && isOutside && isGuard && (walk.outside = (walk.outside ?? 0) + 1) <= 4) return { stop: '', fault }
  if (isOutside || walk.seen.has(here)) {
    return { stop: null, fault: fault ?? (walk.isRound && isOutside ? `Tab leads out of the dialog to ${here ? nameOf(here) : 'nothing'}` : null) }
  }
  walk.seen.add(here)
  walk.last = { element: here, look: lookOf(here), name: nameOf(here) }
  const box = here.getBoundingClientRect()
  const inSight = { x: Math.min(Math.max(box.x + box.width / 2, 0), innerWidth - 1), y: Math.min(Math.max(box.y + Math.min(box.height / 2, 14), 0), innerHeight - 1) }
  const upon = document.elementFromPoint(inSight.x, inSight.y)
  const isSmall = box.width < 2 || box.height < 2
  if (fault === null && !isSmall && upon && !here.contains(upon) && !upon.contains(here) && !here.parentElement?.contains(upon)) fault = `${nameOf(here)} lies under ${nameOf(upon)}.${upon.className}`
  if (fault === null && (box.bottom < 0 || box.top > innerHeight)) fault = `${nameOf(here)} is out of sight`
  return { stop: nameOf(here), fault }
}

/** What can be pressed with a mouse and was never come by. Runs in the page. */
function missedOnWalk(): readonly string[] {
  const { root, seen } = (window as Walking).zgWalk!
  const pressed = 'a[href], button, input:not([type=hidden]), select, textarea, summary, [role=button], [role=tab], [role=menuitem], [role=checkbox], [role=radio], [role=switch]'
  // Within these the arrows lead on.
  const walkedInside = '[role=grid], [role=tablist], [role=radiogroup], [role=listbox], [role=toolbar], [role=menu], [role=tree]'
  const isPointed = (e: Element): boolean => getComputedStyle(e).cursor === 'pointer' && (e.parentElement === null || getComputedStyle(e.parentElement).cursor !== 'pointer')
  const isOff = (e: Element): boolean => e.matches(':disabled, [aria-disabled=true], [aria-hidden=true], [aria-hidden=true] *') || !e.checkVisibility({ visibilityProperty: true, opacityProperty: true })
  const isReached = (e: Element): boolean => {
    if ([...seen].some((one) => one === e || e.contains(one) || (one.contains(e) && !e.matches(pressed)))) return true
    const control = e.closest('label') instanceof HTMLLabelElement ? (e.closest('label') as HTMLLabelElement).control : null
    if (control && (seen.has(control) || (control !== e && isReached(control)))) return true
    if (e instanceof HTMLInputElement && e.type === 'radio') return [...seen].some((one) => one instanceof HTMLInputElement && one.name === e.name)
    const composite = e.closest(walkedInside)
    return composite !== null && [...seen].some((one) => composite.contains(one))
  }
  return [...root.querySelectorAll('*')]
    .filter((e) => (e.matches(pressed) || isPointed(e)) && !isOff(e) && !isReached(e))
    // Days are typed and stepped by the arrows; a line of goods goes by Ctrl Delete.
    .filter((e) => !e.matches('.zg-day-button, .zg-lines .zg-icon-button'))
    .map((e) => `never come by: ${e.tagName.toLowerCase()}.${String(e.getAttribute('class') ?? '').split(' ').join('.')} “${(e.getAttribute('aria-label') ?? e.textContent ?? '').trim().slice(0, 40)}”`)
    .filter((text, at, all) => all.indexOf(text) === at)
}

/** What nobody means: letters in figures, a power, a day that is none, a formula, far too much, a tab, a minus, full-width digits. */
const NONSENSE = ['12x', '1e9', '2026-02-31', '=cmd()', '长'.repeat(10_000), 'a\tb', '-5', '１２']

/** Types nonsense into every field of the form in front, presses the key that saves, and says what nobody should see come of it. */
export async function feedNonsense(page: Page, { checkText }: { readonly checkText: string }): Promise<readonly string[]> {
  const answers: Promise<string>[] = []
  const listen = (response: Response): void => {
    if (response.url().endsWith('/rpc/run') && !JSON.stringify(response.request().postData()).includes('Draft')) answers.push(kindOf(response))
  }
  page.on('response', listen)
  const front = page.locator('.ant-modal').filter({ visible: true }).last()
  const isDialog = (await front.count()) > 0
  const fields = (isDialog ? front : page.locator('main')).locator('input[type=text]:not([role=combobox]):not([readonly]):enabled, input:not([type]):enabled, textarea:enabled')
  const count = await fields.count()
  for (let i = 0; i < count; i++) {
    const field = fields.nth(i)
    // What is typed may take away what stood below.
    if (!(await field.isVisible())) continue
    await field.focus()
    await page.keyboard.press('Control+a')
    await page.keyboard.insertText(NONSENSE[i % NONSENSE.length]!)
  }
  await page.keyboard.press(isDialog ? 'F9' : 'Control+s')
  await page.waitForTimeout(300)
  await settled(page)
  const kinds = await Promise.all(answers)
  page.off('response', listen)
  if (count === 0) return []
  // What was saved may lead to a page of its own, which comes in a moment.
  const stands = await page.locator('h1').first().waitFor({ state: 'attached', timeout: 5_000 }).then(() => true, () => false)
  const after = await page.evaluate((bare) => {
    const said = [...document.querySelectorAll<HTMLElement>('.zg-no, .zg-note[role=alert], .ant-message-notice')].map((e) => e.innerText.trim())
    const main = document.querySelector<HTMLButtonElement>('.ant-modal .ant-modal-footer .ant-btn-primary')
    return { said: said.length, waits: main?.disabled === true, bare: said.filter((text) => text === bare || text.endsWith(`：${bare}`)) }
  }, checkText)
  return [
    ...(stands ? [] : ['a white screen']),
    ...(kinds.includes('defect') ? ['a defect'] : []),
    ...(after.said > 0 || after.waits || kinds.includes('done') ? [] : ['nothing is said']),
    ...after.bare.map((text) => `nobody knows what to do with “${text}”`),
  ]
}

/** How the office answered: 'done', or the kind of its no. */
async function kindOf(response: Response): Promise<string> {
  const answer = (await response.json()) as { json?: { ok: boolean; kind?: string } }
  return answer.json?.ok ? 'done' : (answer.json?.kind ?? 'defect')
}
