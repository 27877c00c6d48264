import { defineConfig } from '@playwright/test'
import type { HostOptions } from './helpers/fixtures.ts'

/** One suite, two hosts: the office host in Chromium, and the desktop program in Electron. */
export default defineConfig<HostOptions>({
  testDir: '.',
  outputDir: '../../test-results/e2e',
  fullyParallel: false,
  workers: 2,
  forbidOnly: Boolean(process.env['CI']),
  retries: 0,
  timeout: 240_000,
  expect: { timeout: 20_000 },
  reporter: [['list']],
  projects: [
    // What only a desktop program has: its own window, its package.
    { name: 'chromium', use: { host: 'web' }, testIgnore: 'desktop*.spec.ts' },
    // The desktop program ends together with its pages: none is ever without its host.
    { name: 'electron', use: { host: 'electron' }, testIgnore: 'connection.spec.ts' },
  ],
})
