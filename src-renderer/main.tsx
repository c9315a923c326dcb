import { sendFirstAsks } from './api/first-asks.ts'

// The questions go out before the program has been read and compiled: their answers are here when it can draw.
sendFirstAsks()
void import('./workbench.tsx')
