import { createContext, useContext } from 'react'

/** The calendar day on this desk's wall. */
export function todayHere(): string {
  const now = new Date()
  return `${now.getFullYear()}-${String(now.getMonth() + 1).padStart(2, '0')}-${String(now.getDate()).padStart(2, '0')}`
}

const Today = createContext<string | null>(null)
/** The company's day as the office says it; a sample company lives in its own time. */
export const TodayProvider = Today.Provider
export const useToday = (): string => useContext(Today) ?? todayHere()
