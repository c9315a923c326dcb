import { Component, type ReactNode } from 'react'
import { Alert, Button } from 'antd'
import { useTranslation } from 'react-i18next'

/** A screen that fails leaves the others alone. */
export class ErrorBoundary extends Component<{ readonly children: ReactNode }, { readonly error: Error | null }> {
  override state = { error: null as Error | null }

  static getDerivedStateFromError(error: Error): { error: Error } {
    return { error }
  }

  override render(): ReactNode {
    return this.state.error ? <Broken error={this.state.error} again={() => this.setState({ error: null })} /> : this.props.children
  }
}

function Broken({ error, again }: { error: Error; again(): void }) {
  const { t } = useTranslation()
  return (
    <div className="zg-page">
      <Alert
        role="alert"
        type="error"
        showIcon
        title={t('ui.screenBroke')}
        description={error.message}
        action={<Button onClick={again}>{t('ui.tryAgain')}</Button>}
      />
    </div>
  )
}
