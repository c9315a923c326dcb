import type { MiddlewareHandler } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'
import { refuse, type HostContext, type HostEnv } from './answers.ts'
import type { Gate } from './gate.ts'

/** antd writes its styles into the page, so styles need 'unsafe-inline'; nothing else does. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "worker-src 'self'",
  "frame-src 'self'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
].join('; ')

/** A printed paper or an attached file is shown inside our own page; the browser's PDF viewer needs to be left alone otherwise. */
const isPaper = (path: string): boolean => path.startsWith('/print/') || path.startsWith('/attachments/')

/** Headers of every answer: nothing is framed by others, sniffed, cached or told to other sites. */
export const safeHeaders: MiddlewareHandler<HostEnv> = async (c, next) => {
  await next()
  const paper = isPaper(c.req.path)
  c.header('Content-Security-Policy', paper ? "frame-ancestors 'self'" : `${POLICY}; frame-ancestors 'none'`)
  c.header('X-Frame-Options', paper ? 'SAMEORIGIN' : 'DENY')
  c.header('X-Content-Type-Options', 'nosniff')
  c.header('Referrer-Policy', 'no-referrer')
  c.header('Cross-Origin-Opener-Policy', 'same-origin')
  c.header('Cross-Origin-Resource-Policy', 'same-origin')
  c.header('Permissions-Policy', 'camera=(self), microphone=(), geolocation=(), payment=(), usb=()')
  if (!c.res.headers.has('Cache-Control')) c.header('Cache-Control', 'no-store')
}

/**
 * Refuses requests that another site sent through the user's browser. A name that points at 127.0.0.1 (DNS rebinding)
 * fails by its Host header, a foreign page by its Origin. `hosts` are the allowed `name:port`.
 */
export function sameHouse(hosts: () => readonly string[]): MiddlewareHandler<HostEnv> {
  return async (c, next) => {
    if (c.env?.window) return next()
    const host = c.req.header('host') ?? ''
    if (!hosts().includes(host)) return refuse(c, 403, 'host.wrongHost', { host })
    const origin = c.req.header('origin')
    if (origin !== undefined && origin !== `http://${host}`) return refuse(c, 403, 'host.wrongOrigin', { origin })
    // Browsers say whether another site is behind a request, also where they send no Origin.
    const site = c.req.header('sec-fetch-site')
    const isPageOpened = c.req.method === 'GET' && c.req.header('sec-fetch-mode') === 'navigate'
    const isOwnSite = site === undefined || site === 'same-origin' || site === 'none'
    if (!isOwnSite && !isPageOpened) return refuse(c, 403, 'host.wrongOrigin', { origin: site })
    return next()
  }
}

/** Browsers send a cookie to every port of a host, so its name holds the port. */
const cookieName = (c: HostContext): string => `zhanggui_${(c.req.header('host') ?? '').split(':')[1] ?? '80'}`

/** `/enter?token=…`: turns the one-time link into a cookie and goes to the workbench. */
export function entrance(gate: Gate): (c: HostContext) => Response {
  return (c) => {
    const cookie = gate.admit(c.req.query('token') ?? '')
    if (cookie === undefined) return turnedAway(c, 'host.linkUsed')
    setCookie(c, cookieName(c), cookie, { httpOnly: true, sameSite: 'Strict', path: '/' })
    return c.redirect('/', 303)
  }
}

/** POST /new-link with the host's key: how a second start of the program gets in to the first. */
export function newLink(gate: Gate): (c: HostContext) => Response {
  return (c) => {
    const link = gate.linkFor((c.req.header('authorization') ?? '').replace(/^Bearer /, ''))
    return link === undefined ? turnedAway(c, 'host.notLetIn') : c.json({ ok: true, output: { link } })
  }
}

/** Nothing behind this is answered without a ticket: the browser's cookie, or our own window. */
export function ticketOnly(gate: Gate): MiddlewareHandler<HostEnv> {
  return async (c, next) => {
    const ticket = c.env?.window ?? gate.ticket(getCookie(c, cookieName(c)))
    if (!ticket) return turnedAway(c, 'host.notLetIn')
    c.set('ticket', ticket)
    return next()
  }
}

const WORDS = {
  'host.notLetIn': [
    '请用启动掌柜时打开的链接进入。在启动掌柜的窗口按回车键，可得到新链接。',
    'Please enter by the link that Zhanggui opened when it started. Press Enter in the window where it runs to get a new link.',
  ],
  'host.linkUsed': [
    '这个链接已经用过了。在启动掌柜的窗口按回车键，可得到新链接。',
    'This link was used already. Press Enter in the window where Zhanggui runs to get a new one.',
  ],
} as const

function turnedAway(c: HostContext, code: keyof typeof WORDS): Response {
  if (!(c.req.header('accept') ?? '').includes('text/html')) return refuse(c, 401, code)
  const [zh, en] = WORDS[code]
  return c.html(`<!doctype html><meta charset="utf-8"><title>掌柜 Zhanggui</title><p>${zh}</p><p lang="en">${en}</p>`, 401)
}
