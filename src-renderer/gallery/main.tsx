import { QueryClientProvider } from '@tanstack/react-query'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { createMemoryRouter, RouterProvider } from 'react-router'
import { SessionProvider } from '../api/session.tsx'
import { startTexts } from '../shell/i18n.ts'
import { usePreferences } from '../shell/preferences.ts'
import { Themed } from '../shell/themed.tsx'
import { TodayProvider } from '../ui/today.ts'
import { applyPalette } from '../ui/tokens.ts'
import { cannedCache, session, today } from './canned.ts'
import { Gallery } from './gallery.tsx'
import '../styles/base.css'

// `npm run ui`: every piece that screens are made of, in every state, without an office behind it.

const { mode, contrast, locale } = usePreferences.getState()
applyPalette({ mode, contrast })
await startTexts(locale)
const router = createMemoryRouter([{ path: '*', element: <Gallery /> }])
createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <QueryClientProvider client={cannedCache()}>
      <Themed>
        <SessionProvider value={session}>
          <TodayProvider value={today}>
            <RouterProvider router={router} />
          </TodayProvider>
        </SessionProvider>
      </Themed>
    </QueryClientProvider>
  </StrictMode>,
)
