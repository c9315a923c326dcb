/** The pages of the guide by what they are about, in the order in which somebody reads them who begins. A page's name is its file's. */
export const guideGroups: readonly { readonly text: string; readonly pages: readonly string[] }[] = [
  { text: 'ui.help.start', pages: ['home', 'find', 'lists', 'keyboard'] },
  { text: 'ui.nav.sales', pages: ['quotes', 'orders', 'deliveries', 'invoices', 'direct-sale', 'returns', 'profit', 'approvals'] },
  { text: 'ui.nav.crm', pages: ['tasks', 'visits', 'follow-ups', 'leads', 'opportunities', 'funnel', 'pool'] },
  { text: 'ui.nav.stock', pages: ['stock', 'stock-adjustments', 'transfers', 'stock-value'] },
  { text: 'ui.nav.purchasing', pages: ['bills'] },
  { text: 'ui.nav.books', pages: ['receipts', 'payments', 'ageing', 'statement', 'collections', 'credit', 'journal', 'reports', 'periods', 'accounts', 'opening'] },
  { text: 'ui.nav.masters', pages: ['customers', 'duplicates', 'suppliers', 'items', 'prices', 'categories'] },
  { text: 'ui.nav.settings', pages: ['company', 'users', 'menus', 'fields', 'prints', 'import', 'series', 'taxes', 'payment-methods', 'warehouses', 'backup', 'audit', 'about'] },
]

/** Which page belongs to which screens: the longest beginning of the address counts. */
const screens: Readonly<Record<string, string>> = {
  '/sales/quotes': 'quotes',
  '/sales/orders': 'orders',
  '/sales/deliveries': 'deliveries',
  '/sales/invoices': 'invoices',
  '/sales/uninvoiced': 'invoices',
  '/sales/direct': 'direct-sale',
  '/sales/return': 'returns',
  '/sales/exchange': 'returns',
  '/sales/profit': 'profit',
  '/approvals': 'approvals',
  '/settings/approvals': 'approvals',
  '/money/frozen': 'credit',
  '/money/limits': 'credit',
  '/money/collections': 'collections',
  '/money/dunning': 'collections',
  '/crm/tasks': 'tasks',
  '/crm/visits': 'visits',
  '/crm/calendar': 'visits',
  '/crm/leads': 'leads',
  '/crm/sources': 'leads',
  '/crm/lead-rules': 'leads',
  '/crm/pool': 'pool',
  '/crm/deals': 'opportunities',
  '/crm/stages': 'opportunities',
  '/crm/funnel': 'funnel',
  '/crm/activities': 'follow-ups',
  '/stock': 'stock',
  '/stock/adjustments': 'stock-adjustments',
  '/stock/transfers': 'transfers',
  '/stock/valuation': 'stock-value',
  '/purchasing/bills': 'bills',
  '/money/receipts': 'receipts',
  '/money/payments': 'payments',
  '/money/ageing': 'ageing',
  '/money/statement': 'statement',
  '/books/journal': 'journal',
  '/books/entries': 'journal',
  '/books/vouchers': 'journal',
  '/books/ledger': 'reports',
  '/books/trial-balance': 'reports',
  '/books/profit-and-loss': 'reports',
  '/books/periods': 'periods',
  '/books/accounts': 'accounts',
  '/books/opening': 'opening',
  '/customers': 'customers',
  '/customers/duplicates': 'duplicates',
  '/customers/merge': 'duplicates',
  '/customers/merges': 'duplicates',
  '/suppliers': 'suppliers',
  '/items': 'items',
  '/items/prices': 'prices',
  '/items/categories': 'categories',
  '/settings/import': 'import',
  '/settings/company': 'company',
  '/settings/users': 'users',
  '/settings/menus': 'menus',
  '/settings/fields': 'fields',
  '/settings/prints': 'prints',
  '/settings/series': 'series',
  '/settings/taxes': 'taxes',
  '/settings/payment-methods': 'payment-methods',
  '/settings/warehouses': 'warehouses',
  '/settings/backup': 'backup',
  '/settings/audit': 'audit',
  '/settings/about': 'about',
  '/help': 'home',
}

/** The guide's page about the screen at an address; undefined where nobody wrote one. */
export function guideOf(path: string): string | undefined {
  if (path === '/') return 'home'
  const parts = path.split('/')
  for (let length = parts.length; length > 1; length--) {
    const page = screens[parts.slice(0, length).join('/')]
    if (page !== undefined) return page
  }
  return undefined
}
