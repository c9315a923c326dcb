import { useParams } from 'react-router'
import { useAsk } from '../../api/use-ask.ts'
import { NoMessage } from '../../ui/no-message.tsx'
import { OrderDraftPage } from './order-draft-page.tsx'
import { OrderView } from './order-view.tsx'

/** One order: a draft is entered, a confirmed one is worked with. */
export function OrderPage() {
  const { order_id = '' } = useParams()
  const { data: order, error } = useAsk('sales.order', { order_id })
  if (error) return <div className="zg-page"><NoMessage error={error} /></div>
  if (!order) return <div className="zg-page" aria-busy />
  return order.state === 'draft' ? <OrderDraftPage key={`${order_id} ${order.coupon_code ?? ''}`} order={order} /> : <OrderView order={order} />
}

/** A new order each time it is asked for. */
export function NewOrderPage() {
  return <OrderDraftPage order={null} />
}
