import { section, type Line, type SeedAccount, type SeedChart } from './chart.ts'

// 小企业会计准则 (财会〔2011〕17号, appendix): the 66 first-level accounts with their official codes and names, in their order
// (5403 by its present name), and the sub-accounts a trading business needs from the first day. Code rule 4-2-2-2.

const assets: Line[] = [
  ['1001', '库存现金', 'Cash on hand'],
  ['1002', '银行存款', 'Bank deposits'],
  ['100201', '基本户', 'Basic bank account'],
  ['1012', '其他货币资金', 'Other monetary funds'],
  ['101201', '微信', 'WeChat Pay'],
  ['101202', '支付宝', 'Alipay'],
  ['101203', '刷卡待到账', 'Card takings in transit'],
  ['1101', '短期投资', 'Short-term investments'],
  ['1121', '应收票据', 'Notes receivable'],
  ['1122', '应收账款', 'Accounts receivable'],
  ['112201', '应收货款', 'Trade receivables'],
  ['112202', '暂估应收款（未开票）', 'Accrued receivables, not invoiced'],
  ['1123', '预付账款', 'Prepayments to suppliers'],
  ['1131', '应收股利', 'Dividends receivable'],
  ['1132', '应收利息', 'Interest receivable'],
  ['1221', '其他应收款', 'Other receivables'],
  ['1401', '材料采购', 'Materials purchasing'],
  ['1402', '在途物资', 'Goods in transit'],
  ['1403', '原材料', 'Raw materials'],
  ['1404', '材料成本差异', 'Material cost variance'],
  ['1405', '库存商品', 'Merchandise and finished goods'],
  ['140501', '在库商品', 'Goods in stock'],
  ['140502', '发出商品（未开票）', 'Goods delivered, not invoiced'],
  ['1408', '委托加工物资', 'Materials at subcontractors'],
  ['1411', '周转材料', 'Revolving materials'],
  ['1421', '消耗性生物资产', 'Consumable biological assets'],
  ['1501', '长期债券投资', 'Long-term bond investments'],
  ['1511', '长期股权投资', 'Long-term equity investments'],
  ['1601', '固定资产', 'Fixed assets'],
  ['1604', '在建工程', 'Construction in progress'],
  ['1605', '工程物资', 'Construction materials'],
  ['1606', '固定资产清理', 'Disposal of fixed assets'],
  ['1621', '生产性生物资产', 'Productive biological assets'],
  ['1701', '无形资产', 'Intangible assets'],
  ['1801', '长期待摊费用', 'Long-term deferred expenses'],
  ['1901', '待处理财产损溢', 'Property gains and losses pending'],
  ['190101', '待处理流动资产损溢', 'Current property pending'],
  ['190102', '待处理非流动资产损溢', 'Non-current property pending'],
]

const contraAssets: Line[] = [
  ['1407', '商品进销差价', 'Purchase-sale price difference'],
  ['1602', '累计折旧', 'Accumulated depreciation'],
  ['1622', '生产性生物资产累计折旧', 'Accumulated depreciation of productive biological assets'],
  ['1702', '累计摊销', 'Accumulated amortisation'],
]

const liabilities: Line[] = [
  ['2001', '短期借款', 'Short-term loans'],
  ['2201', '应付票据', 'Notes payable'],
  ['2202', '应付账款', 'Accounts payable'],
  ['220201', '应付货款', 'Trade payables'],
  ['220202', '暂估应付款（未到票）', 'Accrued payables, not billed'],
  ['2203', '预收账款', 'Advances from customers'],
  ['2211', '应付职工薪酬', 'Employee benefits payable'],
  ['221101', '工资', 'Wages'],
  ['221102', '社会保险费', 'Social insurance'],
  ['221103', '住房公积金', 'Housing fund'],
  ['221104', '福利费', 'Welfare'],
  ['2221', '应交税费', 'Taxes payable'],
  ['222101', '应交增值税', 'VAT payable'],
  ['222106', '待转销项税额', 'Output VAT not yet due'],
  ['222111', '应交企业所得税', 'Corporate income tax payable'],
  ['222112', '应交个人所得税', 'Individual income tax withheld'],
  ['222113', '应交城市维护建设税', 'City construction tax payable'],
  ['222114', '应交教育费附加', 'Education surcharge payable'],
  ['222115', '应交地方教育附加', 'Local education surcharge payable'],
  ['222116', '应交印花税', 'Stamp duty payable'],
  ['2231', '应付利息', 'Interest payable'],
  ['2232', '应付利润', 'Profit payable'],
  ['2241', '其他应付款', 'Other payables'],
  ['2401', '递延收益', 'Deferred income'],
  ['2501', '长期借款', 'Long-term loans'],
  ['2701', '长期应付款', 'Long-term payables'],
]

/** DF-19: a general taxpayer keeps columns under 应交增值税 and the accounts beside it; a small-scale one needs neither. */
const generalVatDebit: Line[] = [
  ['22210101', '进项税额', 'Input VAT'],
  ['22210104', '转出未交增值税', 'Unpaid VAT transferred out'],
  ['22210105', '已交税金', 'VAT paid in the month'],
  ['22210106', '减免税款', 'VAT relief'],
]
const generalVatCredit: Line[] = [
  ['22210102', '销项税额', 'Output VAT'],
  ['22210103', '进项税额转出', 'Input VAT transferred out'],
  ['22210107', '转出多交增值税', 'Overpaid VAT transferred out'],
  ['222102', '未交增值税', 'VAT unpaid'],
]
const generalVatBeside: Line[] = [
  ['222103', '预交增值税', 'VAT prepaid'],
  ['222104', '待抵扣进项税额', 'Input VAT to be deducted'],
  ['222105', '待认证进项税额', 'Input VAT to be certified'],
]

const equity: Line[] = [
  ['3001', '实收资本', 'Paid-in capital'],
  ['3002', '资本公积', 'Capital reserve'],
  ['3101', '盈余公积', 'Surplus reserve'],
  ['3103', '本年利润', 'Profit of the year'],
  ['3104', '利润分配', 'Profit distribution'],
  ['310402', '提取法定盈余公积', 'Statutory surplus reserve set aside'],
  ['310410', '应付利润', 'Profit distributed to owners'],
  ['310415', '未分配利润', 'Undistributed profit'],
  ['310499', '期初结算', 'Opening clearing'],
]

const costs: Line[] = [
  ['4001', '生产成本', 'Production cost'],
  ['4101', '制造费用', 'Manufacturing overhead'],
  ['4301', '研发支出', 'Research and development expenditure'],
  ['4401', '工程施工', 'Engineering construction'],
  ['4403', '机械作业', 'Machinery operation'],
]

const income: Line[] = [
  ['5001', '主营业务收入', 'Main business revenue'],
  ['5051', '其他业务收入', 'Other business revenue'],
  ['5111', '投资收益', 'Investment income'],
  ['5301', '营业外收入', 'Non-operating income'],
  ['530101', '盘盈收益', 'Stock surplus'],
  ['530102', '政府补助', 'Government grants'],
  ['530103', '汇兑收益', 'Exchange gains'],
  ['530104', '免征增值税', 'VAT exempted'],
  ['530199', '其他', 'Other non-operating income'],
]

const expenses: Line[] = [
  ['5401', '主营业务成本', 'Main business cost'],
  ['5402', '其他业务成本', 'Other business cost'],
  ['5403', '税金及附加', 'Taxes and surcharges'],
  ['540301', '消费税', 'Consumption tax'],
  ['540302', '城市维护建设税', 'City construction tax'],
  ['540303', '教育费附加', 'Education surcharge'],
  ['540304', '地方教育附加', 'Local education surcharge'],
  ['540305', '印花税', 'Stamp duty'],
  ['540306', '房产税、土地使用税、车船税', 'Property, land use and vehicle taxes'],
  ['5601', '销售费用', 'Selling expenses'],
  ['560101', '商品维修费', 'Repairs of goods sold'],
  ['560102', '广告费和业务宣传费', 'Advertising and promotion'],
  ['560103', '运输费', 'Freight out'],
  ['560104', '销售人员薪酬', 'Sales wages'],
  ['560105', '平台佣金', 'Platform commissions'],
  ['560199', '其他', 'Other selling expenses'],
  ['5602', '管理费用', 'Administrative expenses'],
  ['560201', '开办费', 'Start-up costs'],
  ['560202', '业务招待费', 'Business entertainment'],
  ['560203', '研究费用', 'Research costs'],
  ['560204', '办公费', 'Office costs'],
  ['560205', '房租', 'Rent'],
  ['560206', '水电费', 'Utilities'],
  ['560207', '差旅费', 'Travel'],
  ['560208', '管理人员薪酬', 'Administrative wages'],
  ['560209', '折旧费', 'Depreciation'],
  ['560299', '其他', 'Other administrative expenses'],
  ['5603', '财务费用', 'Finance expenses'],
  ['560301', '利息费用', 'Interest'],
  ['560302', '手续费', 'Bank charges'],
  ['560303', '汇兑损失', 'Exchange losses'],
  ['560304', '给予的现金折扣', 'Settlement discounts given'],
  ['560305', '取得的现金折扣', 'Settlement discounts taken'],
  ['560306', '尾差', 'Rounding differences'],
  ['5711', '营业外支出', 'Non-operating expenses'],
  ['571101', '坏账损失', 'Bad debts'],
  ['571102', '无法收回的长期债券投资损失', 'Irrecoverable bond investments'],
  ['571103', '无法收回的长期股权投资损失', 'Irrecoverable equity investments'],
  ['571104', '自然灾害等不可抗力因素造成的损失', 'Losses by natural disaster'],
  ['571105', '税收滞纳金', 'Late payment of tax'],
  ['571106', '盘亏毁损损失', 'Stock shortages and damage'],
  ['571199', '其他', 'Other non-operating expenses'],
  ['5801', '所得税费用', 'Income tax expense'],
]

const common: SeedAccount[] = [
  ...section({ accountClass: 'asset', direction: 'debit' }, assets),
  ...section({ accountClass: 'asset', direction: 'credit' }, contraAssets),
  ...section({ accountClass: 'liability', direction: 'credit' }, liabilities),
  ...section({ accountClass: 'equity', direction: 'credit' }, equity),
  ...section({ accountClass: 'cost', direction: 'debit' }, costs),
  ...section({ accountClass: 'income', direction: 'credit' }, income),
  ...section({ accountClass: 'expense', direction: 'debit' }, expenses),
]

const generalVat: SeedAccount[] = [
  ...section({ accountClass: 'liability', direction: 'debit' }, [...generalVatDebit, ...generalVatBeside]),
  ...section({ accountClass: 'liability', direction: 'credit' }, generalVatCredit),
]

const roles = {
  receivable: '112201',
  accrued_receivable: '112202',
  customer_advances: '2203',
  payable: '220201',
  supplier_advances: '1123',
  inventory: '140501',
  goods_delivered: '140502',
  pending_property: '190101',
  revenue: '5001',
  cost_of_sales: '5401',
  output_tax: '222101',
  accrued_tax: '222106',
  expense: '560299',
  inventory_gain: '530101',
  inventory_loss: '571106',
  settlement_discount: '560304',
  purchase_discount: '560305',
  rounding: '560306',
  late_interest: '530199',
  bad_debt: '571101',
  repairs: '560101',
  retained_earnings: '310415',
  opening_clearing: '310499',
}

const methods = [
  { code: 'cash', name_zh: '现金', name_en: 'Cash', account: '1001' },
  { code: 'bank', name_zh: '银行转账', name_en: 'Bank transfer', account: '100201' },
  { code: 'wechat', name_zh: '微信支付', name_en: 'WeChat Pay', account: '101201' },
  { code: 'alipay', name_zh: '支付宝', name_en: 'Alipay', account: '101202' },
  { code: 'card', name_zh: '刷卡', name_en: 'Card', account: '101203' },
]

/** The chart of a small Chinese business; a small-scale taxpayer has no input tax. */
export const cnSmallChart = ({ isGeneral }: { isGeneral: boolean }): SeedChart => ({
  accounts: isGeneral ? [...common, ...generalVat] : common,
  roles: isGeneral ? { ...roles, input_tax: '22210101', output_tax: '22210102' } : roles,
  methods,
})
