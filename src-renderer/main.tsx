import { QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { SaidNo } from './api/client.ts'
import { App, askWhoIsHere } from './shell/app.tsx'
import { startTexts } from './shell/i18n.ts'
import { usePreferences } from './shell/preferences.ts'
import { applyPalette } from './ui/tokens.ts'
import './styles/base.css'

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
void askWhoIsHere(cache)
await startTexts(locale)
createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <QueryClientProvider client={cache}>
      <App />
    </QueryClientProvider>
  </StrictMode>,
)
