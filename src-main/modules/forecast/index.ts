import { defineModule } from '../../kernel/operation.ts'
import { getForecastHandler, keepForecastHandler, listAccuracyHandler } from './forecast.ts'
import { forecastInvariants } from './invariants.ts'
import { listQuotasHandler, setQuotasHandler } from './quotas.ts'

export const forecastModule = defineModule({
  name: 'forecast',
  floor: 9,
  commands: [setQuotasHandler, keepForecastHandler],
  queries: [listQuotasHandler, getForecastHandler, listAccuracyHandler],
  daily: ['forecast.keepForecast'],
  permissions: [
    { name: 'forecast.read', grants: { sales: 'own', bookkeeper: 'all', viewer: 'all' } },
    { name: 'forecast.setQuotas', grants: {} },
  ],
  refusals: ['forecast.keptIsPermanent'],
  invariants: forecastInvariants,
})
