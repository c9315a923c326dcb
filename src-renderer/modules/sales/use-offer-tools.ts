import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useMemo } from 'react'
import { ask } from '../../api/client.ts'
import { askKey, useAsk } from '../../api/use-ask.ts'
import type { PickedItem, PriceInfo } from '../catalog/priced-lines/draft.ts'
import type { TaxChoice } from '../catalog/priced-lines/priced-lines.tsx'
import { useFormat } from '../../ui/format.ts'

/** The company's tax codes as a line's choices. */
export function useTaxChoices(day: string): readonly TaxChoice[] {
  const format = useFormat()
  const { data } = useAsk('catalog.taxCodes', { day }, { keeps: 'previous' })
  return useMemo(
    () =>
      (data?.rows ?? [])
        .filter((row) => row.is_active === 1 && row.rate_e8 !== null)
        .map((row) => ({
          tax_code: row.tax_code,
          rate_e8: row.rate_e8 ?? 0,
          label: `${format.percent(row.rate_e8)} ${format.locale === 'zh-CN' ? row.name_zh : row.name_en}`,
        })),
    [data, format],
  )
}

/** Asks sales what to charge and what there is. */
export function usePriceOf({ party_id, day, prices_include_tax, warehouse_id }: { party_id: string | undefined; day: string; prices_include_tax: 0 | 1; warehouse_id: string | null }) {
  const cache = useQueryClient()
  return useCallback(
    async ({ item, unit, quantity_e6 }: { item: PickedItem; unit: string; quantity_e6: number }): Promise<PriceInfo> => {
      const input = {
        item_id: item.item_id,
        unit,
        quantity_e6,
        day,
        prices_include_tax,
        ...(party_id === undefined ? {} : { party_id }),
        ...(warehouse_id === null ? {} : { warehouse_id }),
      }
      const price = await cache.fetchQuery({ queryKey: askKey('sales.price', input), queryFn: () => ask('sales.price', input), staleTime: 5_000 })
      return {
        price_e4: price.price_e4,
        tax_code: price.tax_code,
        tax_rate_e8: price.tax_rate_e8,
        ...(item.kind === 'service'
          ? {}
          : { available_e6: price.available_e6, incoming_e6: price.incoming_e6, promised_on: price.promised_on }),
        last_price_e4: price.last_price_e4,
        last_on: price.last_sold_on,
        list_price_e4: price.list_price_e4,
        floor_price_e4: price.floor_price_e4,
        ...(price.cost_e4 === null ? {} : { marginOf: marginAt({ cost_e4: price.cost_e4, rate_e8: prices_include_tax === 1 ? price.tax_rate_e8 : 0 }) }),
        promotion: price.promotion_id === null ? null : { promotion_id: price.promotion_id, name: price.promotion_name ?? '', price_e4: price.price_e4, left_e6: price.promotion_left_e6 },
      }
    },
    [cache, party_id, day, prices_include_tax, warehouse_id],
  )
}

/** The share of a price that its cost leaves; prices with tax are looked at without it. */
const marginAt = ({ cost_e4, rate_e8 }: { cost_e4: number; rate_e8: number }) => (price_e4: number): number | null => {
  const net_e4 = price_e4 / (1 + rate_e8 / 100_000_000)
  return net_e4 <= 0 ? null : Math.round(((net_e4 - cost_e4) / net_e4) * 1_000) * 100_000
}
