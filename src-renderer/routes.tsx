import { isValidElement, lazy, useState, type ComponentType } from 'react'
import { createBrowserRouter } from 'react-router'
import { NotFound } from './shell/not-found.tsx'
import { Shell } from './shell/shell.tsx'

const loads: (() => Promise<unknown>)[] = []

/** One chunk a screen, shared pieces apart: loaded when first opened, or while nobody is waiting. What is here already stands at once, without a round of waiting. */
function screen<M extends Record<string, unknown>, K extends keyof M & string>(load: () => Promise<M>, name: K) {
  type Screen = ComponentType<Record<string, unknown>>
  let loaded: Screen | undefined
  const fetch = async (): Promise<{ default: Screen }> => {
    loaded = (await load())[name] as Screen
    return { default: loaded }
  }
  loads.push(fetch)
  const Later = lazy(fetch)
  const Screen = (props: Record<string, unknown>) => {
    const [Page] = useState(() => loaded ?? Later)
    return <Page {...props} />
  }
  return Object.assign(Screen, { load: fetch })
}

/** Not every browser of a phone tells of its idle moments. While somebody works there are none, and nothing gets in the way. */
const whenIdle = (then: () => void): void => void ('requestIdleCallback' in window ? requestIdleCallback(then) : setTimeout(then, 200))

/** Fetches the screens one by one in idle moments, so that the first opening of each is as quick as the second. */
export function fetchScreens(): void {
  const next = loads.shift()
  if (next) whenIdle(() => void next().then(fetchScreens, () => undefined))
}

const HomePage = screen(() => import('./shell/home/home-page.tsx'), 'HomePage')
const QuotesPage = screen(() => import('./modules/sales/quotes-page.tsx'), 'QuotesPage')
const QuotePage = screen(() => import('./modules/sales/quote-page.tsx'), 'QuotePage')
const NewQuotePage = screen(() => import('./modules/sales/quote-page.tsx'), 'NewQuotePage')
const OrdersPage = screen(() => import('./modules/sales/orders-page.tsx'), 'OrdersPage')
const OrderPage = screen(() => import('./modules/sales/order-page.tsx'), 'OrderPage')
const NewOrderPage = screen(() => import('./modules/sales/order-page.tsx'), 'NewOrderPage')
const DeliveriesPage = screen(() => import('./modules/sales/deliveries-page.tsx'), 'DeliveriesPage')
const DeliveryPage = screen(() => import('./modules/sales/delivery-page.tsx'), 'DeliveryPage')
const InvoicesPage = screen(() => import('./modules/sales/invoices-page.tsx'), 'InvoicesPage')
const InvoicePage = screen(() => import('./modules/sales/invoice-page.tsx'), 'InvoicePage')
const ProfitPage = screen(() => import('./modules/sales/profit-page.tsx'), 'ProfitPage')
const DirectSalePage = screen(() => import('./modules/sales/direct-sale-page.tsx'), 'DirectSalePage')
const FreeReturnPage = screen(() => import('./modules/sales/free-return-page.tsx'), 'FreeReturnPage')
const ExchangePage = screen(() => import('./modules/sales/exchange-page.tsx'), 'ExchangePage')
const UninvoicedPage = screen(() => import('./modules/sales/uninvoiced-page.tsx'), 'UninvoicedPage')
const TasksPage = screen(() => import('./modules/crm/tasks-page.tsx'), 'TasksPage')
const TaskPage = screen(() => import('./modules/crm/task-page.tsx'), 'TaskPage')
const TaskFormPage = screen(() => import('./modules/crm/task-page.tsx'), 'TaskFormPage')
const VisitsPage = screen(() => import('./modules/crm/visits-page.tsx'), 'VisitsPage')
const VisitStatisticsPage = screen(() => import('./modules/crm/visit-statistics-page.tsx'), 'VisitStatisticsPage')
const CalendarPage = screen(() => import('./modules/crm/calendar-page.tsx'), 'CalendarPage')
const LeadSourcesPage = screen(() => import('./modules/crm/lead-sources-page.tsx'), 'LeadSourcesPage')
const LeadRulesPage = screen(() => import('./modules/crm/lead-rules-page.tsx'), 'LeadRulesPage')
const LeadsPage = screen(() => import('./modules/crm/leads-page.tsx'), 'LeadsPage')
const LeadPage = screen(() => import('./modules/crm/lead-page.tsx'), 'LeadPage')
const LeadFormPage = screen(() => import('./modules/crm/lead-form-page.tsx'), 'LeadFormPage')
const BoardPage = screen(() => import('./modules/crm/board-page.tsx'), 'BoardPage')
const DealsPage = screen(() => import('./modules/crm/deals-page.tsx'), 'DealsPage')
const DealPage = screen(() => import('./modules/crm/deal-page.tsx'), 'DealPage')
const DealFormPage = screen(() => import('./modules/crm/deal-form-page.tsx'), 'DealFormPage')
const ForecastPage = screen(() => import('./modules/forecast/forecast-page.tsx'), 'ForecastPage')
const QuotasPage = screen(() => import('./modules/forecast/quotas-page.tsx'), 'QuotasPage')
const ContractsPage = screen(() => import('./modules/contracts/contracts-page.tsx'), 'ContractsPage')
const ContractPage = screen(() => import('./modules/contracts/contract-page.tsx'), 'ContractPage')
const ContractFormPage = screen(() => import('./modules/contracts/contract-form-page.tsx'), 'ContractFormPage')
const FunnelPage = screen(() => import('./modules/crm/funnel-page.tsx'), 'FunnelPage')
const StagesPage = screen(() => import('./modules/crm/stages-page.tsx'), 'StagesPage')
const PoolPage = screen(() => import('./modules/crm/pool-page.tsx'), 'PoolPage')
const PoolMovesPage = screen(() => import('./modules/crm/pool-moves-page.tsx'), 'PoolMovesPage')
const CampaignsPage = screen(() => import('./modules/marketing/campaigns-page.tsx'), 'CampaignsPage')
const CampaignPage = screen(() => import('./modules/marketing/campaign-page.tsx'), 'CampaignPage')
const AcquisitionPage = screen(() => import('./modules/marketing/acquisition-page.tsx'), 'AcquisitionPage')
const WonPage = screen(() => import('./modules/marketing/won-page.tsx'), 'WonPage')
const LetterPage = screen(() => import('./modules/marketing/letter-page.tsx'), 'LetterPage')
const SequencePage = screen(() => import('./modules/marketing/sequence-page.tsx'), 'SequencePage')
const ReturnedPage = screen(() => import('./modules/marketing/returned-page.tsx'), 'ReturnedPage')
const TicketsPage = screen(() => import('./modules/service/tickets-page.tsx'), 'TicketsPage')
const TicketPage = screen(() => import('./modules/service/ticket-page.tsx'), 'TicketPage')
const TicketFormPage = screen(() => import('./modules/service/ticket-form-page.tsx'), 'TicketFormPage')
const RefundsPage = screen(() => import('./modules/service/refunds-page.tsx'), 'RefundsPage')
const FeedbackPage = screen(() => import('./modules/service/feedback-pages.tsx'), 'FeedbackPage')
const FeedbackItemPage = screen(() => import('./modules/service/feedback-pages.tsx'), 'FeedbackItemPage')
const ServiceReportPage = screen(() => import('./modules/service/report-page.tsx'), 'ServiceReportPage')
const ServiceSetupPage = screen(() => import('./modules/service/setup-page.tsx'), 'ServiceSetupPage')
const PartsPage = screen(() => import('./modules/service/linked-documents.tsx'), 'PartsPage')
const ActivitiesPage = screen(() => import('./modules/crm/activities-page.tsx'), 'ActivitiesPage')
const ApprovalsPage = screen(() => import('./modules/platform/approvals-page.tsx'), 'ApprovalsPage')
const ApprovalPage = screen(() => import('./modules/platform/approval-page.tsx'), 'ApprovalPage')
const ApprovalRulesPage = screen(() => import('./modules/credit/rules-page.tsx'), 'ApprovalRulesPage')
const CollectionsPage = screen(() => import('./modules/credit/collections-page.tsx'), 'CollectionsPage')
const DunningPage = screen(() => import('./modules/credit/dunning-page.tsx'), 'DunningPage')
const LimitsPage = screen(() => import('./modules/credit/limits-page.tsx'), 'LimitsPage')
const FrozenPage = screen(() => import('./modules/credit/frozen-page.tsx'), 'FrozenPage')
const ValuePage = screen(() => import('./modules/insights/value-page.tsx'), 'ValuePage')
const CustomerValuePage = screen(() => import('./modules/insights/customers-page.tsx'), 'CustomerValuePage')
const ChurnPage = screen(() => import('./modules/insights/customers-page.tsx'), 'ChurnPage')
const NextPurchasesPage = screen(() => import('./modules/insights/next-page.tsx'), 'NextPurchasesPage')
const TogetherPage = screen(() => import('./modules/insights/together-page.tsx'), 'TogetherPage')
const ChainPage = screen(() => import('./modules/insights/chain-page.tsx'), 'ChainPage')
const TiersPage = screen(() => import('./modules/insights/tiers-page.tsx'), 'TiersPage')
const TierMovesPage = screen(() => import('./modules/insights/tier-moves-page.tsx'), 'TierMovesPage')
const RetentionPage = screen(() => import('./modules/insights/retention-page.tsx'), 'RetentionPage')
const CohortPage = screen(() => import('./modules/insights/cohort-page.tsx'), 'CohortPage')
const PhrasingPage = screen(() => import('./modules/insights/phrasing-page.tsx'), 'PhrasingPage')
const SegmentsPage = screen(() => import('./modules/insights/segments-page.tsx'), 'SegmentsPage')
const SegmentPage = screen(() => import('./modules/insights/segment-page.tsx'), 'SegmentPage')
const PartiesPage = screen(() => import('./modules/parties/parties-page.tsx'), 'PartiesPage')
const PartyPage = screen(() => import('./modules/parties/party-page.tsx'), 'PartyPage')
const PartyFormPage = screen(() => import('./modules/parties/party-form-page.tsx'), 'PartyFormPage')
const DuplicatesPage = screen(() => import('./modules/parties/duplicates-page.tsx'), 'DuplicatesPage')
const MergePage = screen(() => import('./modules/parties/merge-page.tsx'), 'MergePage')
const MergesPage = screen(() => import('./modules/parties/merges-page.tsx'), 'MergesPage')
const QualityPage = screen(() => import('./modules/parties/quality-page.tsx'), 'QualityPage')
const ErasePage = screen(() => import('./modules/platform/erase-page.tsx'), 'ErasePage')
const ErasuresPage = screen(() => import('./modules/platform/erasures-page.tsx'), 'ErasuresPage')
const ItemsPage = screen(() => import('./modules/catalog/items-page.tsx'), 'ItemsPage')
const ItemPage = screen(() => import('./modules/catalog/item-page.tsx'), 'ItemPage')
const ItemFormPage = screen(() => import('./modules/catalog/item-form-page.tsx'), 'ItemFormPage')
const CategoriesPage = screen(() => import('./modules/catalog/categories-page.tsx'), 'CategoriesPage')
const PriceListsPage = screen(() => import('./modules/catalog/price-lists-page.tsx'), 'PriceListsPage')
const StockPage = screen(() => import('./modules/inventory/stock-page.tsx'), 'StockPage')
const ValuationPage = screen(() => import('./modules/inventory/valuation-page.tsx'), 'ValuationPage')
const AdjustmentsPage = screen(() => import('./modules/inventory/adjustments-page.tsx'), 'AdjustmentsPage')
const AdjustmentPage = screen(() => import('./modules/inventory/adjustment-page.tsx'), 'AdjustmentPage')
const AdjustmentFormPage = screen(() => import('./modules/inventory/adjustment-form-page.tsx'), 'AdjustmentFormPage')
const TransfersPage = screen(() => import('./modules/inventory/transfers-page.tsx'), 'TransfersPage')
const TransferFormPage = screen(() => import('./modules/inventory/transfer-form-page.tsx'), 'TransferFormPage')
const BillsPage = screen(() => import('./modules/purchasing/bills-page.tsx'), 'BillsPage')
const BillPage = screen(() => import('./modules/purchasing/bill-page.tsx'), 'BillPage')
const BillFormPage = screen(() => import('./modules/purchasing/bill-form-page.tsx'), 'BillFormPage')
const PaymentsPage = screen(() => import('./modules/accounting/payments-page.tsx'), 'PaymentsPage')
const PaymentPage = screen(() => import('./modules/accounting/payment-page.tsx'), 'PaymentPage')
const NewPaymentPage = screen(() => import('./modules/accounting/new-payment-page.tsx'), 'NewPaymentPage')
const AgeingPage = screen(() => import('./modules/accounting/ageing-page.tsx'), 'AgeingPage')
const StatementPage = screen(() => import('./modules/sales/statement-page.tsx'), 'StatementPage')
const JournalPage = screen(() => import('./modules/accounting/journal-page.tsx'), 'JournalPage')
const EntryPage = screen(() => import('./modules/accounting/entry-page.tsx'), 'EntryPage')
const VoucherPage = screen(() => import('./modules/accounting/voucher-page.tsx'), 'VoucherPage')
const LedgerPage = screen(() => import('./modules/accounting/ledger-page.tsx'), 'LedgerPage')
const ProfitAndLossPage = screen(() => import('./modules/accounting/profit-and-loss-page.tsx'), 'ProfitAndLossPage')
const TrialBalancePage = screen(() => import('./modules/accounting/trial-balance-page.tsx'), 'TrialBalancePage')
const PeriodsPage = screen(() => import('./modules/accounting/periods-page.tsx'), 'PeriodsPage')
const AccountsPage = screen(() => import('./modules/accounting/accounts-page.tsx'), 'AccountsPage')
const OpeningPage = screen(() => import('./modules/accounting/opening-page.tsx'), 'OpeningPage')
const OpeningItemsPage = screen(() => import('./modules/accounting/opening-page.tsx'), 'OpeningItemsPage')
const PromotionsPage = screen(() => import('./modules/promotions/promotions-page.tsx'), 'PromotionsPage')
const PromotionPage = screen(() => import('./modules/promotions/promotion-page.tsx'), 'PromotionPage')
const SettingsLayout = screen(() => import('./modules/platform/settings-layout.tsx'), 'SettingsLayout')
const CompanyPage = screen(() => import('./modules/platform/company-page.tsx'), 'CompanyPage')
const UsersPage = screen(() => import('./modules/platform/users-page.tsx'), 'UsersPage')
const SeriesPage = screen(() => import('./modules/platform/series-page.tsx'), 'SeriesPage')
const TaxesPage = screen(() => import('./modules/platform/taxes-page.tsx'), 'TaxesPage')
const PaymentMethodsPage = screen(() => import('./modules/platform/payment-methods-page.tsx'), 'PaymentMethodsPage')
const WarehousesPage = screen(() => import('./modules/platform/warehouses-page.tsx'), 'WarehousesPage')
const FieldsPage = screen(() => import('./modules/platform/fields-page.tsx'), 'FieldsPage')
const BackupPage = screen(() => import('./modules/platform/backup-page.tsx'), 'BackupPage')
const PrintsPage = screen(() => import('./modules/platform/prints-page.tsx'), 'PrintsPage')
const PrintDesignPage = screen(() => import('./modules/platform/print-design-page.tsx'), 'PrintDesignPage')
const AuditPage = screen(() => import('./modules/platform/audit-page.tsx'), 'AuditPage')
const ImportPage = screen(() => import('./modules/platform/import-page.tsx'), 'ImportPage')

const HelpPage = screen(() => import('./shell/help/help-page.tsx'), 'HelpPage')
const MenusPage = screen(() => import('./modules/platform/menus-page.tsx'), 'MenusPage')
const AboutPage = screen(() => import('./modules/platform/about-page.tsx'), 'AboutPage')

const partyRoutes = (role: 'customer' | 'supplier') => [
  { index: true, element: <PartiesPage key={role} role={role} /> },
  { path: 'new', element: <PartyFormPage key={role} role={role} /> },
  { path: ':party_id', element: <PartyPage key={role} role={role} /> },
  { path: ':party_id/edit', element: <PartyFormPage key={role} role={role} /> },
]

export const router = createBrowserRouter([
  {
    path: '/',
    element: <Shell />,
    children: [
      { index: true, element: <HomePage /> },
      { path: 'sales/promotions', element: <PromotionsPage /> },
      { path: 'sales/promotions/:promotion_id', element: <PromotionPage /> },
      { path: 'sales/quotes', element: <QuotesPage /> },
      { path: 'sales/quotes/new', element: <NewQuotePage /> },
      { path: 'sales/quotes/:quote_id', element: <QuotePage /> },
      { path: 'sales/orders', element: <OrdersPage /> },
      { path: 'sales/orders/new', element: <NewOrderPage /> },
      { path: 'sales/orders/:order_id', element: <OrderPage /> },
      { path: 'sales/deliveries', element: <DeliveriesPage /> },
      { path: 'sales/deliveries/:delivery_id', element: <DeliveryPage /> },
      { path: 'sales/invoices', element: <InvoicesPage /> },
      { path: 'sales/invoices/:invoice_id', element: <InvoicePage /> },
      { path: 'sales/exchange/:delivery_id', element: <ExchangePage /> },
      { path: 'sales/uninvoiced', element: <UninvoicedPage /> },
      { path: 'sales/profit', element: <ProfitPage /> },
      { path: 'sales/direct', element: <DirectSalePage /> },
      { path: 'sales/return', element: <FreeReturnPage /> },
      { path: 'crm/tasks', element: <TasksPage /> },
      { path: 'crm/tasks/new', element: <TaskFormPage /> },
      { path: 'crm/tasks/:task_id', element: <TaskPage /> },
      { path: 'crm/tasks/:task_id/edit', element: <TaskFormPage /> },
      { path: 'crm/calendar', element: <CalendarPage /> },
      { path: 'crm/visits', element: <VisitsPage /> },
      { path: 'crm/visits/statistics', element: <VisitStatisticsPage /> },
      { path: 'crm/sources', element: <LeadSourcesPage /> },
      { path: 'crm/lead-rules', element: <LeadRulesPage /> },
      { path: 'crm/leads', element: <LeadsPage /> },
      { path: 'crm/leads/new', element: <LeadFormPage /> },
      { path: 'crm/leads/:lead_id', element: <LeadPage /> },
      { path: 'crm/leads/:lead_id/edit', element: <LeadFormPage /> },
      { path: 'crm/deals', element: <BoardPage /> },
      { path: 'crm/deals/list', element: <DealsPage /> },
      { path: 'crm/deals/new', element: <DealFormPage /> },
      { path: 'crm/deals/:opportunity_id', element: <DealPage /> },
      { path: 'crm/deals/:opportunity_id/edit', element: <DealFormPage /> },
      { path: 'crm/forecast', element: <ForecastPage /> },
      { path: 'crm/quotas', element: <QuotasPage /> },
      { path: 'crm/contracts', element: <ContractsPage /> },
      { path: 'crm/contracts/new', element: <ContractFormPage /> },
      { path: 'crm/contracts/:contract_id', element: <ContractPage /> },
      { path: 'crm/contracts/:contract_id/edit', element: <ContractFormPage /> },
      { path: 'crm/funnel', element: <FunnelPage /> },
      { path: 'crm/stages', element: <StagesPage /> },
      { path: 'crm/pool', element: <PoolPage /> },
      { path: 'crm/pool/moves', element: <PoolMovesPage /> },
      { path: 'crm/activities', element: <ActivitiesPage /> },
      { path: 'customers/duplicates', element: <DuplicatesPage /> },
      { path: 'customers/merge', element: <MergePage /> },
      { path: 'customers/merges', element: <MergesPage /> },
      { path: 'customers/quality', element: <QualityPage /> },
      { path: 'erasures', element: <ErasuresPage /> },
      { path: 'erasures/:subject', element: <ErasePage /> },
      { path: 'insights/value', element: <ValuePage /> },
      { path: 'insights/customers', element: <CustomerValuePage /> },
      { path: 'insights/churn', element: <ChurnPage /> },
      { path: 'insights/next', element: <NextPurchasesPage /> },
      { path: 'insights/together', element: <TogetherPage /> },
      { path: 'insights/chain', element: <ChainPage /> },
      { path: 'insights/retention', element: <RetentionPage /> },
      { path: 'insights/retention/customers', element: <CohortPage /> },
      { path: 'insights/phrasing', element: <PhrasingPage /> },
      { path: 'insights/tiers', element: <TiersPage /> },
      { path: 'insights/tiers/moves', element: <TierMovesPage /> },
      { path: 'insights/segments', element: <SegmentsPage /> },
      { path: 'insights/segments/new', element: <SegmentPage /> },
      { path: 'insights/segments/:segment_id', element: <SegmentPage /> },
      { path: 'marketing/campaigns', element: <CampaignsPage /> },
      { path: 'marketing/campaigns/:campaign_id', element: <CampaignPage /> },
      { path: 'marketing/campaigns/:campaign_id/letter', element: <LetterPage /> },
      { path: 'marketing/acquisition', element: <AcquisitionPage /> },
      { path: 'marketing/acquisition/customers', element: <WonPage /> },
      { path: 'marketing/letters/:letter_id', element: <LetterPage /> },
      { path: 'marketing/campaigns/:campaign_id/sequence', element: <SequencePage /> },
      { path: 'marketing/sequences/:sequence_id', element: <SequencePage /> },
      { path: 'marketing/returned', element: <ReturnedPage /> },
      { path: 'service/tickets', element: <TicketsPage /> },
      { path: 'service/tickets/new', element: <TicketFormPage /> },
      { path: 'service/tickets/:ticket_id', element: <TicketPage /> },
      { path: 'service/tickets/:ticket_id/edit', element: <TicketFormPage /> },
      { path: 'service/parts/:parts_id', element: <PartsPage /> },
      { path: 'service/refunds', element: <RefundsPage /> },
      { path: 'service/feedback', element: <FeedbackPage /> },
      { path: 'service/feedback/:feedback_id', element: <FeedbackItemPage /> },
      { path: 'service/report', element: <ServiceReportPage /> },
      { path: 'service/setup', element: <ServiceSetupPage /> },
      { path: 'customers', children: partyRoutes('customer') },
      { path: 'suppliers', children: partyRoutes('supplier') },
      { path: 'items', element: <ItemsPage /> },
      { path: 'items/new', element: <ItemFormPage /> },
      { path: 'items/prices', element: <PriceListsPage /> },
      { path: 'items/categories', element: <CategoriesPage /> },
      { path: 'items/:item_id', element: <ItemPage /> },
      { path: 'items/:item_id/edit', element: <ItemFormPage /> },
      { path: 'stock', element: <StockPage /> },
      { path: 'stock/valuation', element: <ValuationPage /> },
      { path: 'stock/adjustments', element: <AdjustmentsPage /> },
      { path: 'stock/adjustments/new', element: <AdjustmentFormPage /> },
      { path: 'stock/adjustments/:adjustment_id', element: <AdjustmentPage /> },
      { path: 'stock/transfers', element: <TransfersPage /> },
      { path: 'stock/transfers/new', element: <TransferFormPage /> },
      { path: 'purchasing/bills', element: <BillsPage /> },
      { path: 'purchasing/bills/new', element: <BillFormPage /> },
      { path: 'purchasing/bills/:bill_id', element: <BillPage /> },
      { path: 'money/receipts', element: <PaymentsPage key="customer" side="customer" /> },
      { path: 'money/receipts/new', element: <NewPaymentPage key="customer" side="customer" /> },
      { path: 'money/receipts/:payment_id', element: <PaymentPage /> },
      { path: 'money/payments', element: <PaymentsPage key="supplier" side="supplier" /> },
      { path: 'money/payments/new', element: <NewPaymentPage key="supplier" side="supplier" /> },
      { path: 'money/payments/:payment_id', element: <PaymentPage /> },
      { path: 'money/ageing', element: <AgeingPage /> },
      { path: 'money/statement', element: <StatementPage /> },
      { path: 'money/collections', element: <CollectionsPage /> },
      { path: 'money/dunning/:dunning_id', element: <DunningPage /> },
      { path: 'money/limits', element: <LimitsPage /> },
      { path: 'money/frozen', element: <FrozenPage /> },
      { path: 'approvals', element: <ApprovalsPage /> },
      { path: 'approvals/:approval_id', element: <ApprovalPage /> },
      { path: 'books/journal', element: <JournalPage /> },
      { path: 'books/entries/:entry_id', element: <EntryPage /> },
      { path: 'books/vouchers/new', element: <VoucherPage /> },
      { path: 'books/ledger', element: <LedgerPage /> },
      { path: 'books/trial-balance', element: <TrialBalancePage /> },
      { path: 'books/profit-and-loss', element: <ProfitAndLossPage /> },
      { path: 'books/periods', element: <PeriodsPage /> },
      { path: 'books/accounts', element: <AccountsPage /> },
      { path: 'books/opening', element: <OpeningPage /> },
      { path: 'books/opening/items', element: <OpeningItemsPage /> },
      { path: 'settings/prints/design', element: <PrintDesignPage /> },
      { path: 'settings/import', element: <ImportPage /> },
      {
        path: 'settings',
        element: <SettingsLayout />,
        children: [
          { path: 'company', element: <CompanyPage /> },
          { path: 'users', element: <UsersPage /> },
          { path: 'approvals', element: <ApprovalRulesPage /> },
          { path: 'series', element: <SeriesPage /> },
          { path: 'taxes', element: <TaxesPage /> },
          { path: 'payment-methods', element: <PaymentMethodsPage /> },
          { path: 'warehouses', element: <WarehousesPage /> },
          { path: 'fields', element: <FieldsPage /> },
          { path: 'prints', element: <PrintsPage /> },
          { path: 'backup', element: <BackupPage /> },
          { path: 'audit', element: <AuditPage /> },
          { path: 'menus', element: <MenusPage /> },
          { path: 'about', element: <AboutPage /> },
        ],
      },
      { path: 'help', element: <HelpPage /> },
      { path: 'help/:page', element: <HelpPage /> },
      { path: '*', element: <NotFound /> },
    ],
  },
])

/** The screen at the address with which the page was opened: drawn with the frame at once, it is not waited for in it. What fails to load says so in its place. */
export const firstScreen = (): Promise<unknown> =>
  Promise.allSettled(router.state.matches.map(({ route: { element } }) => (isValidElement(element) ? (element.type as { load?: () => Promise<unknown> }).load?.() : undefined)))
