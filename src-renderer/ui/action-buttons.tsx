import { Button } from 'antd'

type Offer = {
  readonly text: string
  /** The likeliest next step. */
  readonly look?: 'main'
  readonly keys?: string
  readonly isRunning?: boolean
  run(): void
}

/** What can be done with a document now; what is not offered is false. */
export function ActionButtons({ offers }: { offers: readonly (Offer | false | null | undefined)[] }) {
  return offers.map((offer) =>
    offer ? (
      <Button key={offer.text} type={offer.look === 'main' ? 'primary' : 'default'} loading={offer.isRunning ?? false} onClick={offer.run}>
        {offer.keys ? (
          <>
            {offer.text} <kbd>{offer.keys}</kbd>
          </>
        ) : (
          offer.text
        )}
      </Button>
    ) : null,
  )
}

/** What can be done with one row of a table. */
export function RowButtons({ offers }: { offers: readonly (Offer | false)[] }) {
  return (
    <div className="zg-actions">
      {offers.map((offer) =>
        offer ? (
          <Button key={offer.text} size="small" loading={offer.isRunning ?? false} onClick={offer.run}>
            {offer.text}
          </Button>
        ) : null,
      )}
    </div>
  )
}
