import { defineConfig, type ReporterDescription } from '@playwright/test'

/** Chromium refuses to run as root with its sandbox; the rest keeps it from calling home. */
const chromiumArguments = [
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--no-first-run',
]

const reporter: ReporterDescription[] = [['list']]
if (process.env['PLAYWRIGHT_JSON_OUTPUT_NAME']) reporter.push(['json'])

export default defineConfig({
  testDir: 'tests/e2e',
  outputDir: 'tests/e2e/output/runs',
  timeout: 90_000,
  expect: { timeout: 10_000 },
  // Each spec starts a host of its own; more at once than cores only makes all of them late.
  workers: 2,
  fullyParallel: false,
  // A second try tells a race of the machine from a fault; the summary names what needed one.
  retries: 1,
  forbidOnly: Boolean(process.env['CI']),
  reporter,
  use: {
    viewport: { width: 1366, height: 768 },
    launchOptions: { args: chromiumArguments, ...(process.env['CHROMIUM'] ? { executablePath: process.env['CHROMIUM'] } : {}) },
    trace: 'retain-on-failure',
    screenshot: 'only-on-failure',
  },
})
