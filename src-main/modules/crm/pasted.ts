// Takes a pasted signature, business card, chat or table line apart. Pure; what it does not understand it leaves in the note.

export type Pasted = {
  name: string
  company: string
  title: string
  phone: string
  email: string
  wechat: string
  tax_no: string
  address: string
  note: string
}
type Key = Exclude<keyof Pasted, 'note'>

/** Words that people write before a value, and what follows them. */
const LABELS: readonly (readonly [Key, RegExp])[] = [
  ['wechat', /^(?:微信号?|wechat(?:\s*id)?|weixin|wx|vx)\s*[:：]?\s*/i],
  ['company', /^(?:公司(?:名称)?|单位(?:名称)?|客户名称|company)\s*[:：]\s*/i],
  ['name', /^(?:姓名|联系人|名字|收件人|name|contact)\s*[:：]\s*/i],
  ['title', /^(?:职[务位称]|title|position)\s*[:：]\s*/i],
  ['phone', /^(?:(?:联系)?电话|手机号?|移动电话|tel(?:ephone)?|mobile|phone|cell|[mtp])\s*\.?\s*[:：]\s*/i],
  ['email', /^(?:(?:电子)?邮[箱件]|e-?mail|mail|e)\s*[:：]\s*/i],
  ['tax_no', /^(?:税号|纳税人识别号|统一社会信用代码|信用代码|tax\s*(?:no|number|id)\.?|vat(?:\s*(?:no|number))?\.?)\s*[:：]\s*/i],
  ['address', /^(?:(?:公司|收货|联系)?地址|add(?:ress)?\.?)\s*[:：]\s*/i],
]
const EMAIL = /[^\s<>,;，；:：()（）]+@[^\s<>,;，；:：()（）]+\.[a-z]{2,}/i
const TAX_NO = /(?<![0-9A-Z])[0-9A-HJ-NPQRTUWXY]{2}\d{6}[0-9A-HJ-NPQRTUWXY]{10}(?![0-9A-Z])/
const PHONE = /(?<![\dA-Z])(?:\+|00)?\d[\d ().-]{5,18}\d(?!\d)/i
const COMPANY = /(?:公司|集团|商行|商店|门店|工厂|厂|中心|工作室|事务所|酒店|饭店|超市|合作社|学校|医院|茶庄|茶行|书店|经营部)$|\b(?:ltd|limited|inc|llc|gmbh|co|corp|corporation|company|plc|group|trading|bros|& sons|shop|store|studio|cafe)\.?$/i
const TITLE = /^(?:(?:大区|区域|销售|采购|市场|运营|行政|财务|项目|技术|客户|门店)*(?:总?经理|总监|主管|采购员?|老板|店长|厂长|主任|助理|专员|会计|出纳|董事长|工程师|负责人|创始人)|(?:(?:general|sales|purchasing|purchase|office|store|account|marketing|area|senior|head|chief|vice)\s+)*(?:manager|director|buyer|owner|ceo|cfo|coo|founder|president|head|partner|assistant|engineer|purchasing)(?:\s+of\s+\w+)?)$/i
const ADDRESS = /(?:省|市|区|县|镇|路|街|巷|弄|号|栋|室|大厦|广场)[^\s]*(?:路|街|巷|弄|号|栋|室|楼|大厦|广场)|\b\d+\s+\w+(?:\s\w+)*\s+(?:street|st|road|rd|avenue|ave|lane|drive|way)\b/i
const HAN_NAME = /^[\p{Script=Han}·]{2,4}(?:先生|女士|小姐|总|老师|经理|姐|哥)?$/u
const LATIN_NAME = /^\p{Lu}[\p{L}'.-]*(?: \p{Lu}[\p{L}'.-]*){1,3}$/u

/** Takes a text apart. Every piece is used once; a label counts before what it looks like. */
export function takenApart(text: string): Pasted {
  const found: Pasted = { name: '', company: '', title: '', phone: '', email: '', wechat: '', tax_no: '', address: '', note: '' }
  const left: string[] = []
  for (const piece of piecesOf(text)) if (!takeLabelled(piece, found)) left.push(...takeShaped(piece, found))
  const rest = left.filter((piece) => !takeNamed(piece, found))
  found.note = rest.join('\n').slice(0, 2000)
  return bounded(found)
}

/** Lines, and within a line what commas, bars and tabs part; a labelled address keeps its commas. */
function piecesOf(text: string): string[] {
  return text
    .normalize('NFKC')
    .split(/[\r\n\t]+/)
    .flatMap((line) => (labelOf(line.trim())?.[0] === 'address' || ADDRESS.test(line) && /\d/.test(line) && !EMAIL.test(line) ? [line] : line.split(/\s*[,;|、/]\s*|\s{2,}/)))
    .map((piece) => piece.trim())
    .filter((piece) => piece !== '')
}

const labelOf = (piece: string): (typeof LABELS)[number] | undefined => LABELS.find(([, label]) => label.test(piece))

function takeLabelled(piece: string, found: Pasted): boolean {
  const [key, label] = labelOf(piece) ?? []
  if (key === undefined || label === undefined || found[key] !== '') return false
  const value = piece.replace(label, '').trim()
  if (value === '' || (key === 'email' && !EMAIL.test(value)) || (key === 'phone' && !PHONE.test(value))) return false
  found[key] = key === 'email' ? EMAIL.exec(value)![0] : key === 'phone' ? PHONE.exec(value)![0] : value
  return true
}

/** What is known by its shape; gives what of the piece is left over. */
function takeShaped(piece: string, found: Pasted): string[] {
  let left = piece
  const take = (key: Key, shape: RegExp): void => {
    const value = shape.exec(left)?.[0]
    if (value === undefined || found[key] !== '') return
    found[key] = value.trim()
    left = left.replace(value, ' ')
  }
  take('email', EMAIL)
  take('tax_no', TAX_NO)
  take('phone', PHONE)
  return left
    .replace(/[<>()（）"“”]/g, ' ')
    .split(/\s{2,}/)
    .map((part) => part.trim())
    .filter((part) => /[\p{L}\p{N}]/u.test(part))
}

/** A company, a title, an address, a person: by how they read, in this order. A piece of a company, a person and a title is cut. */
function takeNamed(piece: string, found: Pasted): boolean {
  const fill = (key: Key): boolean => {
    if (found[key] !== '') return false
    found[key] = piece
    return true
  }
  if (COMPANY.test(piece) && fill('company')) return true
  if (ADDRESS.test(piece) && fill('address')) return true
  if (TITLE.test(piece) && fill('title')) return true
  if ((HAN_NAME.test(piece) || LATIN_NAME.test(piece)) && fill('name')) return true
  const words = piece.split(/\s+/)
  if (words.length < 2 || words.length > 4 || !/\p{Script=Han}/u.test(piece)) return false
  return words.map((word) => takeNamed(word, found)).includes(true)
}

const MOST: Readonly<Record<Key, number>> = { name: 100, company: 200, title: 60, phone: 60, email: 200, wechat: 60, tax_no: 40, address: 300 }
function bounded(found: Pasted): Pasted {
  for (const [key, most] of Object.entries(MOST) as [Key, number][]) found[key] = found[key].slice(0, most).trim()
  return found
}
