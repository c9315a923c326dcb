import { accountingModule } from '../modules/accounting/index.ts'
import { catalogModule } from '../modules/catalog/index.ts'
import { contractsModule } from '../modules/contracts/index.ts'
import { creditModule } from '../modules/credit/index.ts'
import { crmModule } from '../modules/crm/index.ts'
import { insightsModule } from '../modules/insights/index.ts'
import { forecastModule } from '../modules/forecast/index.ts'
import { inventoryModule } from '../modules/inventory/index.ts'
import { marketingModule } from '../modules/marketing/index.ts'
import { migrationModule } from '../modules/migration/index.ts'
import { partiesModule } from '../modules/parties/index.ts'
import { platformModule } from '../modules/platform/index.ts'
import { promotionsModule } from '../modules/promotions/index.ts'
import { purchasingModule } from '../modules/purchasing/index.ts'
import { salesModule } from '../modules/sales/index.ts'
import { serviceModule } from '../modules/service/index.ts'
import { buildRegistry, type Registry } from './registry.ts'

/** The modules of the program, lowest floor first. */
export const wholeRegistry = (): Registry =>
  buildRegistry([
    platformModule, partiesModule, catalogModule, accountingModule, inventoryModule, promotionsModule, salesModule, purchasingModule, crmModule, serviceModule, contractsModule, creditModule, forecastModule, insightsModule, migrationModule, marketingModule,
  ])
