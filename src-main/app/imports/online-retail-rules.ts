/** What is no goods in the Online Retail data set. Source: UCI Machine Learning Repository, data set 352. */
const services: ReadonlySet<string> = new Set(['POST', 'D', 'C2', 'DOT', 'M', 'm', 'S', 'B', 'BANK CHARGES', 'AMAZONFEE', 'CRUK'])

/** Postage, discounts, fees and gift vouchers are services; every other code is goods. Codes are case-sensitive. */
export const isService = (code: string): boolean => services.has(code) || code.startsWith('gift_')

/** What a number alone can say. */
export type FileKind = 'ordinary' | 'credit_note' | 'bad_debt'

/** What a document's number says: plain digits are sales, C… gives back, A… corrects bad debt; undefined for anything else. */
export function kindOfNumber(number: string): FileKind | undefined {
  if (!/^[AC]?\d{4,10}$/.test(number)) return undefined
  return number.startsWith('C') ? 'credit_note' : number.startsWith('A') ? 'bad_debt' : 'ordinary'
}

/** '17850.0' is how a table program wrote the number 17850; '' is a customer nobody noted. */
export const customerCode = (text: string): string => text.replace(/\.0+$/, '')

/** Cost of goods whose cost nobody knows: 60 % of the first positive price, per unit, e4. Prices have three decimals at most, so this is exact. */
export const estimatedCost = (price_e4: number): number => Math.round((price_e4 * 6) / 10)
