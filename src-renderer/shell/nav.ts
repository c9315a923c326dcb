import type { Session } from '../api/session.tsx'

/** One place of the workbench. `keys` are pinyin initials and short words under which the palette finds it. */
export type Place = {
  readonly path: string
  /** Text key of its name. */
  readonly text: string
  readonly keys: string
  /** The permission without which it is not shown; any of several, separated by '|'. */
  readonly permission?: string
  /** In the navigation at the left; others are reached by Ctrl+K and from their lists. */
  readonly isListed: boolean
}
export type NavGroup = { readonly key: string; readonly text: string; readonly places: readonly Place[] }

const place = (path: string, text: string, keys: string, permission?: string): Place => ({ path, text, keys, isListed: true, ...(permission ? { permission } : {}) })
const hidden = (path: string, text: string, keys: string, permission?: string): Place => ({ ...place(path, text, keys, permission), isListed: false })

export const homePlace = place('/', 'ui.nav.home', 'sy home')

/** The navigation, in the order of a working day. */
export const navGroups: readonly NavGroup[] = [
  {
    key: 'sales',
    text: 'ui.nav.sales',
    places: [
      place('/sales/quotes', 'ui.nav.quotes', 'bj bjd quotes', 'sales.read'),
      place('/sales/orders', 'ui.nav.orders', 'dd xsdd so orders', 'sales.read'),
      place('/sales/deliveries', 'ui.nav.deliveries', 'fh shd deliveries', 'sales.read'),
      place('/sales/invoices', 'ui.nav.invoices', 'fp xsd kp zd invoices bills', 'sales.read'),
      place('/sales/promotions', 'ui.nav.promotions', 'cx hd ms yhq promotions flash sale coupons', 'promotions.read'),
      hidden('/sales/uninvoiced', 'ui.nav.uninvoiced', 'yfwk wkp uninvoiced delivered not invoiced', 'sales.read'),
      place('/sales/profit', 'home.profitPage', 'xsml ml profit margin report', 'sales.read'),
      hidden('/approvals', 'ui.nav.approvals', 'sp spd dsp approvals approve'),
      hidden('/sales/orders/new', 'ui.nav.newOrder', 'xjdd new order', 'sales.order'),
      hidden('/sales/quotes/new', 'ui.nav.newQuote', 'xjbj new quote', 'sales.quote'),
      hidden('/sales/direct', 'ui.nav.sellDirect', 'zjxs kd counter sale sell', 'sales.sell'),
      hidden('/sales/return', 'ui.nav.returnGoods', 'th return goods', 'sales.return'),
    ],
  },
  {
    key: 'crm',
    text: 'ui.nav.crm',
    places: [
      place('/crm/tasks', 'ui.nav.tasks', 'db dbsx rw tasks to do', 'crm.read'),
      place('/crm/calendar', 'ui.nav.calendar', 'rl rc calendar schedule', 'crm.read'),
      place('/crm/visits', 'ui.nav.visits', 'bf bfjh lx visits route check in', 'crm.read'),
      hidden('/crm/visits/statistics', 'query.crm.visitStatistics', 'bftj visit statistics', 'crm.read'),
      place('/crm/activities', 'ui.nav.activities', 'gj gjjl bf follow-ups activities calls visits', 'crm.read'),
      place('/crm/leads', 'ui.nav.leads', 'xs qzkh leads', 'crm.read'),
      place('/crm/deals', 'ui.nav.deals', 'sj kb opportunities deals board pipeline', 'crm.read'),
      place('/crm/forecast', 'ui.nav.forecast', 'xsyc yc forecast pipeline', 'forecast.read'),
      hidden('/crm/quotas', 'ui.nav.quotas', 'pe xspe quotas targets', 'forecast.read'),
      place('/crm/contracts', 'ui.nav.contracts', 'ht htgl contracts', 'contracts.read'),
      place('/crm/funnel', 'ui.nav.funnel', 'xsld ld funnel conversion', 'crm.read'),
      place('/crm/pool', 'ui.nav.pool', 'gh ghc lq pool claim', 'crm.read'),
      hidden('/crm/sources', 'query.crm.leadSources', 'xsly lyfx zjs lead sources referrals', 'crm.read'),
      hidden('/crm/lead-rules', 'ui.nav.leadRules', 'xsgz pf fp lead rules scores routing', 'crm.read'),
      hidden('/crm/pool/moves', 'ui.nav.poolMoves', 'lzjl pool moves hand over', 'crm.read'),
      hidden('/crm/stages', 'ui.nav.stages', 'xsjd jd jzds stages competitors', 'crm.read'),
      hidden('/crm/contracts/new', 'ui.nav.newContract', 'xjht new contract', 'contracts.write'),
      hidden('/crm/deals/new', 'ui.nav.newDeal', 'xjsj new opportunity deal', 'crm.deal'),
      hidden('/crm/leads/new', 'ui.nav.newLead', 'xjxs new lead', 'crm.lead'),
      hidden('/crm/tasks/new', 'ui.nav.newTask', 'xjdb new task', 'crm.log'),
    ],
  },
  {
    key: 'insights',
    text: 'ui.nav.insights',
    places: [
      place('/insights/value', 'ui.nav.customerValue', 'khjz jz rfm customer value tiers', 'insights.read'),
      place('/insights/next', 'ui.nav.nextPurchases', 'fgyc fg next purchases repurchase', 'insights.read'),
      place('/insights/churn', 'ui.nav.churn', 'lsyj ls churn risk', 'insights.read'),
      place('/insights/retention', 'ui.nav.retention', 'lc khlc fgl retention cohort repurchase rate returning', 'insights.read'),
      place('/insights/segments', 'ui.nav.segments', 'khfq fq segments groups', 'insights.read'),
      place('/insights/chain', 'ui.nav.chain', 'jxs zd qd sxj dealers chain hierarchy branches', 'insights.read'),
      place('/insights/together', 'ui.nav.together', 'cyqm tj bought together basket', 'insights.read'),
      hidden('/insights/retention/customers', 'ui.nav.cohort', 'lckh cohort customers', 'insights.read'),
      hidden('/insights/phrasing', 'ui.nav.phrasing', 'hsjs cy wording phrasing model ollama', 'insights.configure'),
      hidden('/insights/customers', 'ui.nav.valueList', 'jzph zsjz lifetime value ranking clv', 'insights.read'),
      hidden('/insights/tiers', 'ui.nav.tiers', 'khdj dj tiers policies', 'insights.read'),
      hidden('/insights/tiers/moves', 'ui.nav.tierMoves', 'djbd tier changes', 'insights.read'),
      hidden('/insights/segments/new', 'ui.nav.newSegment', 'xjfq new segment', 'insights.segment'),
    ],
  },
  {
    key: 'marketing',
    text: 'ui.nav.marketing',
    places: [
      place('/marketing/campaigns', 'ui.nav.campaigns', 'yxhd hd campaigns marketing roi', 'marketing.read'),
      place('/marketing/acquisition', 'ui.nav.acquisition', 'hk hkcb cac acquisition cost new customers', 'marketing.read'),
      hidden('/marketing/acquisition/customers', 'ui.nav.won', 'xkh xzkh customers won new', 'marketing.read'),
      place('/marketing/returned', 'ui.nav.unsubscribed', 'tx td txtd returned bounces unsubscribed mail', 'marketing.read'),
    ],
  },
  {
    key: 'service',
    text: 'ui.nav.service',
    places: [
      place('/service/tickets', 'ui.nav.tickets', 'gd ts tsgd sh fw tickets complaints service', 'service.read'),
      place('/service/refunds', 'ui.nav.refunds', 'tk tksq refunds', 'service.read'),
      place('/service/feedback', 'ui.nav.feedback', 'cpgj gj fk feedback improvements', 'service.read'),
      place('/service/report', 'ui.nav.serviceReport', 'fwbb sla service report', 'service.read'),
      hidden('/service/setup', 'ui.nav.serviceSetup', 'gdsz gdfl dfmb ticket classes templates', 'service.read'),
      hidden('/service/tickets/new', 'ui.nav.newTicket', 'xjgd djts new ticket complaint', 'service.work'),
    ],
  },
  {
    key: 'stock',
    text: 'ui.nav.stock',
    places: [
      place('/stock', 'ui.nav.stockOnHand', 'kc xckc stock on hand', 'inventory.read'),
      place('/stock/adjustments', 'ui.nav.adjustments', 'kctz pd qc adjustments opening stock count', 'inventory.read'),
      place('/stock/transfers', 'ui.nav.transfers', 'db transfers', 'inventory.read'),
      place('/stock/valuation', 'ui.nav.valuation', 'kccb kcje cbhs valuation stock value', 'inventory.readCosts'),
      hidden('/stock/adjustments/new', 'ui.nav.newAdjustment', 'xjkctz new adjustment', 'inventory.adjust'),
      hidden('/stock/transfers/new', 'ui.nav.newTransfer', 'xjdb new transfer', 'inventory.transfer'),
    ],
  },
  {
    key: 'purchasing',
    text: 'ui.nav.purchasing',
    places: [
      place('/purchasing/bills', 'ui.nav.bills', 'jhd cgd rkd bills purchases', 'purchasing.read'),
      hidden('/purchasing/bills/new', 'ui.nav.newBill', 'xjjhd new bill', 'purchasing.post'),
    ],
  },
  {
    key: 'money',
    text: 'ui.nav.money',
    places: [
      place('/money/receipts', 'ui.nav.receipts', 'sk skd receipts', 'accounting.readMoney'),
      place('/money/payments', 'ui.nav.payments', 'fk fkd payments', 'accounting.readMoney'),
      place('/money/ageing', 'ui.nav.ageing', 'zl ys yf ageing receivable payable', 'accounting.readMoney'),
      place('/money/collections', 'ui.nav.collections', 'cs ck csk collections dunning overdue', 'credit.read'),
      hidden('/money/frozen', 'ui.nav.frozen', 'dj djkh frozen customers credit', 'credit.read'),
      hidden('/money/limits', 'ui.nav.limits', 'ed xyed edjy credit limits proposed', 'credit.setLimits'),
      place('/money/statement', 'ui.nav.statement', 'dzd khdzd statement of account', 'accounting.readMoney'),
      hidden('/money/receipts/new', 'ui.nav.newReceipt', 'xjskd new receipt receive', 'accounting.receive'),
      hidden('/money/payments/new', 'ui.nav.newPayment', 'xjfkd new payment pay', 'accounting.pay'),
    ],
  },
  {
    key: 'books',
    text: 'ui.nav.ledgers',
    places: [
      place('/books/journal', 'ui.nav.journal', 'pz jz xsz journal vouchers entries', 'accounting.read'),
      place('/books/trial-balance', 'ui.nav.trialBalance', 'kmyeb yeb trial balance', 'accounting.read'),
      place('/books/profit-and-loss', 'ui.nav.profitAndLoss', 'lrb sy profit and loss income statement', 'accounting.read'),
      place('/books/ledger', 'ui.nav.ledger', 'mxz account ledger', 'accounting.read'),
      place('/books/periods', 'ui.nav.periods', 'jz qmjz periods lock close', 'accounting.read'),
      hidden('/books/vouchers/new', 'ui.nav.newVoucher', 'xjpz lpz new voucher', 'accounting.post'),
      place('/books/accounts', 'ui.nav.accounts', 'km kjkm chart of accounts', 'accounting.readSetup'),
      hidden('/books/opening', 'ui.nav.opening', 'qcye opening balances', 'accounting.opening'),
      hidden('/books/opening/items', 'ui.nav.openingItems', 'qcwl qcys qcyf opening receivables payables', 'accounting.opening'),
    ],
  },
  {
    key: 'masters',
    text: 'ui.nav.masters',
    places: [
      place('/customers', 'ui.nav.customers', 'kh customers', 'parties.read'),
      place('/suppliers', 'ui.nav.suppliers', 'gys suppliers', 'parties.read'),
      place('/items', 'ui.nav.items', 'sp hp cp wl items products', 'catalog.read'),
      hidden('/customers/new', 'ui.nav.newCustomer', 'xjkh new customer', 'parties.write'),
      hidden('/suppliers/new', 'ui.nav.newSupplier', 'xjgys new supplier', 'parties.write'),
      hidden('/customers/duplicates', 'ui.nav.duplicates', 'cf yscf cfkh duplicates merge', 'parties.merge'),
      hidden('/customers/merge', 'command.parties.mergeParties', 'hb hbkh merge customers', 'parties.merge'),
      hidden('/customers/quality', 'ui.nav.quality', 'sjql zlzl zql data quality cleaning faults', 'parties.read'),
      hidden('/customers/merges', 'ui.nav.merges', 'hbjl merges history', 'parties.merge'),
      hidden('/items/new', 'ui.nav.newItem', 'xjsp new item product', 'catalog.write'),
      hidden('/items/prices', 'ui.nav.priceLists', 'jgb jmb price lists', 'catalog.read'),
      hidden('/items/categories', 'query.catalog.categories', 'fl spfl item categories', 'catalog.read'),
    ],
  },
  {
    key: 'settings',
    text: 'ui.nav.settings',
    places: [
      place('/settings/import', 'ui.nav.import', 'dr import', 'parties.import|catalog.import|inventory.importOpeningStock|accounting.opening|sales.import|migration.importOnlineRetail|crm.import'),
      place('/settings/users', 'ui.nav.users', 'yh qx js users roles permissions', 'platform.users'),
      place('/settings/company', 'ui.nav.company', 'gs sz company settings'),
      place('/settings/audit', 'ui.nav.audit', 'rz czrz audit log', 'platform.audit'),
      hidden('/erasures', 'ui.nav.erasures', 'grxx scgrxx pipl erase personal data privacy', 'platform.erase'),
      hidden('/settings/approvals', 'ui.approval.rules', 'spgz xygz approval rules credit', 'credit.configure'),
      hidden('/settings/series', 'ui.nav.series', 'bh djbh number series'),
      hidden('/settings/taxes', 'ui.nav.taxes', 'sl sz taxes rates'),
      hidden('/settings/payment-methods', 'ui.nav.paymentMethods', 'skfs zfff payment methods'),
      hidden('/settings/warehouses', 'ui.nav.warehouses', 'ck warehouses'),
      hidden('/settings/fields', 'query.platform.fields', 'zdyzd zdy zd custom fields', 'platform.settings'),
      hidden('/settings/prints', 'query.platform.printTemplates', 'dymb dysj mb print templates designer'),
      hidden('/settings/backup', 'ui.nav.backup', 'bf yz backup restore verify'),
      hidden('/settings/menus', 'ui.nav.menus', 'cd mk menus modules navigation', 'platform.settings'),
      hidden('/settings/about', 'ui.nav.about', 'gy bb about version licence'),
      hidden('/help', 'ui.help', 'bz sc help guide manual'),
    ],
  },
]

/** Which module an address belongs to, of those that a company or role can do without. The first beginning that fits counts. */
const modules: readonly (readonly [beginning: string, module: Session['menu']['modules_off'][number]])[] = [
  ['/crm', 'crm'],
  ['/insights', 'crm'],
  ['/marketing', 'marketing'],
  ['/service', 'service'],
  ['/sales/quotes', 'quotes'],
  ['/sales', 'sales'],
  ['/stock', 'inventory'],
  ['/purchasing', 'purchasing'],
  ['/money', 'money'],
  ['/books', 'books'],
]

/** Is what lies at this address offered, or is its module off? */
export function isOffered(path: string, off: Session['menu']['modules_off']): boolean {
  const found = modules.find(([beginning]) => path === beginning || /^[/?]/.test(path.slice(beginning.length)) && path.startsWith(beginning))
  return found === undefined || !off.includes(found[1])
}

/** May this person see the place, and is its module on? */
export const isShown = ({ path, permission }: Place, { may, menu }: Pick<Session, 'may' | 'menu'>): boolean =>
  (permission === undefined || permission.split('|').some(may)) && isOffered(path, menu.modules_off)

export const allPlaces: readonly Place[] = [homePlace, ...navGroups.flatMap((g) => g.places)]

/** Some places, in the order given, by their paths. */
export const placesAt = (paths: readonly string[]): readonly Place[] => paths.flatMap((path) => allPlaces.find((p) => p.path === path) ?? [])
