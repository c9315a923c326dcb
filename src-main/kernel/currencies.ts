import { assert } from './assert.ts'

/**
 * A currency: ISO 4217 code, number of decimals of its minor unit, symbol for screens and prints, names in both languages;
 * `plural_en` is the word after an amount ("five British pounds").
 */
export type Currency = {
  readonly code: string
  readonly digits: number
  readonly symbol: string
  readonly name_zh: string
  readonly name_en: string
  readonly plural_en: string
}

type Row = readonly [code: string, digits: number, symbol: string, name_zh: string, name_en: string, plural_en: string]

// The order is the order of the picker: the profiles' own currencies first, then by region.
const ROWS: readonly Row[] = [
  ['CNY', 2, '¥', '人民币', 'Chinese yuan', 'Chinese yuan'],
  ['USD', 2, '$', '美元', 'US dollar', 'US dollars'],
  ['EUR', 2, '€', '欧元', 'Euro', 'euros'],
  ['GBP', 2, '£', '英镑', 'British pound', 'British pounds'],
  ['JPY', 0, 'JP¥', '日元', 'Japanese yen', 'Japanese yen'],
  ['HKD', 2, 'HK$', '港元', 'Hong Kong dollar', 'Hong Kong dollars'],
  ['TWD', 2, 'NT$', '新台币', 'New Taiwan dollar', 'New Taiwan dollars'],
  ['MOP', 2, 'MOP$', '澳门元', 'Macanese pataca', 'Macanese patacas'],
  ['SGD', 2, 'S$', '新加坡元', 'Singapore dollar', 'Singapore dollars'],
  ['KRW', 0, '₩', '韩元', 'South Korean won', 'South Korean won'],
  ['AUD', 2, 'A$', '澳大利亚元', 'Australian dollar', 'Australian dollars'],
  ['CAD', 2, 'C$', '加拿大元', 'Canadian dollar', 'Canadian dollars'],
  ['NZD', 2, 'NZ$', '新西兰元', 'New Zealand dollar', 'New Zealand dollars'],
  ['CHF', 2, 'CHF', '瑞士法郎', 'Swiss franc', 'Swiss francs'],
  ['SEK', 2, 'SEK', '瑞典克朗', 'Swedish krona', 'Swedish kronor'],
  ['NOK', 2, 'NOK', '挪威克朗', 'Norwegian krone', 'Norwegian kroner'],
  ['DKK', 2, 'DKK', '丹麦克朗', 'Danish krone', 'Danish kroner'],
  ['ISK', 0, 'ISK', '冰岛克朗', 'Icelandic krona', 'Icelandic kronur'],
  ['PLN', 2, 'zł', '波兰兹罗提', 'Polish zloty', 'Polish zlotys'],
  ['CZK', 2, 'Kč', '捷克克朗', 'Czech koruna', 'Czech korunas'],
  ['HUF', 2, 'Ft', '匈牙利福林', 'Hungarian forint', 'Hungarian forints'],
  ['RON', 2, 'lei', '罗马尼亚列伊', 'Romanian leu', 'Romanian lei'],
  ['UAH', 2, '₴', '乌克兰格里夫纳', 'Ukrainian hryvnia', 'Ukrainian hryvnias'],
  ['RUB', 2, '₽', '俄罗斯卢布', 'Russian rouble', 'Russian roubles'],
  ['TRY', 2, '₺', '土耳其里拉', 'Turkish lira', 'Turkish liras'],
  ['ILS', 2, '₪', '以色列新谢克尔', 'Israeli shekel', 'Israeli shekels'],
  ['THB', 2, '฿', '泰铢', 'Thai baht', 'Thai baht'],
  ['VND', 0, '₫', '越南盾', 'Vietnamese dong', 'Vietnamese dong'],
  ['IDR', 2, 'Rp', '印度尼西亚卢比', 'Indonesian rupiah', 'Indonesian rupiahs'],
  ['MYR', 2, 'RM', '马来西亚林吉特', 'Malaysian ringgit', 'Malaysian ringgits'],
  ['PHP', 2, '₱', '菲律宾比索', 'Philippine peso', 'Philippine pesos'],
  ['KHR', 2, '៛', '柬埔寨瑞尔', 'Cambodian riel', 'Cambodian riels'],
  ['LAK', 2, '₭', '老挝基普', 'Lao kip', 'Lao kips'],
  ['MMK', 2, 'K', '缅甸元', 'Myanmar kyat', 'Myanmar kyats'],
  ['MNT', 2, '₮', '蒙古图格里克', 'Mongolian tugrik', 'Mongolian tugriks'],
  ['KZT', 2, '₸', '哈萨克斯坦坚戈', 'Kazakhstani tenge', 'Kazakhstani tenge'],
  ['INR', 2, '₹', '印度卢比', 'Indian rupee', 'Indian rupees'],
  ['PKR', 2, 'Rs', '巴基斯坦卢比', 'Pakistani rupee', 'Pakistani rupees'],
  ['BDT', 2, '৳', '孟加拉塔卡', 'Bangladeshi taka', 'Bangladeshi takas'],
  ['LKR', 2, 'Rs', '斯里兰卡卢比', 'Sri Lankan rupee', 'Sri Lankan rupees'],
  ['NPR', 2, 'Rs', '尼泊尔卢比', 'Nepalese rupee', 'Nepalese rupees'],
  ['AED', 2, 'AED', '阿联酋迪拉姆', 'UAE dirham', 'UAE dirhams'],
  ['SAR', 2, 'SAR', '沙特里亚尔', 'Saudi riyal', 'Saudi riyals'],
  ['QAR', 2, 'QAR', '卡塔尔里亚尔', 'Qatari riyal', 'Qatari riyals'],
  ['KWD', 3, 'KWD', '科威特第纳尔', 'Kuwaiti dinar', 'Kuwaiti dinars'],
  ['BHD', 3, 'BHD', '巴林第纳尔', 'Bahraini dinar', 'Bahraini dinars'],
  ['OMR', 3, 'OMR', '阿曼里亚尔', 'Omani rial', 'Omani rials'],
  ['JOD', 3, 'JOD', '约旦第纳尔', 'Jordanian dinar', 'Jordanian dinars'],
  ['EGP', 2, 'E£', '埃及镑', 'Egyptian pound', 'Egyptian pounds'],
  ['MAD', 2, 'MAD', '摩洛哥迪拉姆', 'Moroccan dirham', 'Moroccan dirhams'],
  ['TND', 3, 'TND', '突尼斯第纳尔', 'Tunisian dinar', 'Tunisian dinars'],
  ['ZAR', 2, 'R', '南非兰特', 'South African rand', 'South African rand'],
  ['NGN', 2, '₦', '尼日利亚奈拉', 'Nigerian naira', 'Nigerian naira'],
  ['KES', 2, 'KSh', '肯尼亚先令', 'Kenyan shilling', 'Kenyan shillings'],
  ['GHS', 2, 'GH₵', '加纳塞地', 'Ghanaian cedi', 'Ghanaian cedis'],
  ['UGX', 0, 'USh', '乌干达先令', 'Ugandan shilling', 'Ugandan shillings'],
  ['BRL', 2, 'R$', '巴西雷亚尔', 'Brazilian real', 'Brazilian reals'],
  ['MXN', 2, 'MX$', '墨西哥比索', 'Mexican peso', 'Mexican pesos'],
  ['ARS', 2, 'AR$', '阿根廷比索', 'Argentine peso', 'Argentine pesos'],
  ['CLP', 0, 'CLP$', '智利比索', 'Chilean peso', 'Chilean pesos'],
  ['COP', 2, 'COL$', '哥伦比亚比索', 'Colombian peso', 'Colombian pesos'],
  ['PEN', 2, 'S/', '秘鲁索尔', 'Peruvian sol', 'Peruvian soles'],
]

/** Every currency the product knows, in the order of the picker. */
export const currencies: readonly Currency[] = ROWS.map(([code, digits, symbol, name_zh, name_en, plural_en]) => ({
  code,
  digits,
  symbol,
  name_zh,
  name_en,
  plural_en,
}))

const byCode = new Map(currencies.map((currency) => [currency.code, currency]))

/** Is this a currency the product knows? Contracts ask before they let a code in. */
export const isCurrencyCode = (code: string): boolean => byCode.has(code)

/** The currency of an ISO 4217 code. Throws Defect for an unknown one: contracts keep those out. */
export function currencyOf(code: string): Currency {
  const currency = byCode.get(code)
  assert(currency, `unknown currency ${code}`)
  return currency
}
