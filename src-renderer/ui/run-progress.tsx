import { useEffect, useState } from 'react'
import { Button, Progress } from 'antd'
import { useTranslation } from 'react-i18next'
import { office } from '../api/client.ts'

const ASK_EVERY_MS = 400

/** How far a long command is, and the button that stops it. Nothing of one that is over at once. */
export function RunProgress({ commandId, label }: { commandId: string | null; label: string }) {
  const { t } = useTranslation()
  const [percent, setPercent] = useState<number | null>(null)
  useEffect(() => {
    setPercent(null)
    if (commandId === null) return undefined
    const timer = setInterval(() => {
      // Whoever cannot be asked just now is asked again.
      void office.progress({ commandId }).then((now) => now && setPercent(now.total === 0 ? 0 : Math.floor((now.done / now.total) * 100)), () => undefined)
    }, ASK_EVERY_MS)
    return () => clearInterval(timer)
  }, [commandId])
  if (commandId === null || percent === null) return null
  return (
    <div className="zg-run-progress">
      <Progress percent={percent} size="small" aria-label={label} />
      <Button onClick={() => void office.cancel({ commandId })}>{t('ui.cancel')}</Button>
    </div>
  )
}
