import { defineConfig } from '@playwright/test'

export default defineConfig({
  testDir: 'tests/e2e',
  // Each test starts the app anew; one at a time, so that they do not fight for the screen.
  workers: 1,
  // For a machine that is busy, too.
  timeout: 120_000,
  expect: { timeout: 20_000 },
  forbidOnly: Boolean(process.env['CI']),
  reporter: 'list',
  // What tests write is theirs, and no part of what is packaged.
  preserveOutput: 'failures-only',
  use: { trace: 'retain-on-failure' },
})
