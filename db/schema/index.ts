import { accountingSchema } from './accounting.ts'
import { catalogSchema } from './catalog.ts'
import type { ModuleSchema } from './columns.ts'
import { contractsSchema } from './contracts.ts'
import { creditSchema } from './credit.ts'
import { crmSchema } from './crm.ts'
import { insightsSchema } from './insights.ts'
import { forecastSchema } from './forecast.ts'
import { inventorySchema } from './inventory.ts'
import { marketingSchema } from './marketing.ts'
import { partiesSchema } from './parties.ts'
import { platformSchema } from './platform.ts'
import { promotionsSchema } from './promotions.ts'
import { purchasingSchema } from './purchasing.ts'
import { salesSchema } from './sales.ts'
import { serviceSchema } from './service.ts'

/** All tables of the company file, lowest floor first: a table may only reference tables that come before it. */
export const wholeSchema: readonly ModuleSchema[] = [
  platformSchema,
  partiesSchema,
  catalogSchema,
  accountingSchema,
  inventorySchema,
  promotionsSchema,
  salesSchema,
  purchasingSchema,
  crmSchema,
  serviceSchema,
  creditSchema,
  contractsSchema,
  forecastSchema,
  insightsSchema,
  marketingSchema,
]
