import { notifyManager, QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { SaidNo } from './api/client.ts'
import { App, askWhoIsHere } from './shell/app.tsx'
import { firstScreen } from './routes.tsx'
import { startTexts } from './shell/i18n.ts'
import { usePreferences } from './shell/preferences.ts'
import { applyPalette } from './ui/tokens.ts'
import './styles/base.css'

// An answer is drawn when it comes, not a timer later.
notifyManager.setScheduler(queueMicrotask)

// Answers stay fresh until the office says that a table has changed; what was refused is not asked again.
const cache: QueryClient = new QueryClient({
  queryCache: new QueryCache({
    // The session was ended elsewhere: back to the door.
    onError: (error) => {
      if (error instanceof SaidNo && error.no.code === 'platform.notSignedIn') void cache.invalidateQueries({ queryKey: ['/whoAmI'] })
    },
  }),
  defaultOptions: {
    queries: {
      staleTime: Number.POSITIVE_INFINITY,
      gcTime: 300_000,
      refetchOnWindowFocus: false,
      retry: (failures, error) => !(error instanceof SaidNo) && failures < 2,
    },
  },
})

const { mode, contrast, locale } = usePreferences.getState()
applyPalette({ mode, contrast })
/** What the first screen shows is nearly always here by now, and a page that is drawn once stands sooner than one drawn in parts. */
const PATIENCE_MS = 250
const answers = Promise.race([askWhoIsHere(cache), new Promise((resolve) => setTimeout(resolve, PATIENCE_MS))])
await Promise.all([startTexts(locale), firstScreen(), answers])
createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <QueryClientProvider client={cache}>
      <App />
    </QueryClientProvider>
  </StrictMode>,
)
