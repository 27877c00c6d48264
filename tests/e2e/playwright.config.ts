import { defineConfig } from '@playwright/test'
import type { HostOptions } from './helpers/fixtures.ts'
import { ONE_HOST } from './helpers/tags.ts'

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
    // The desktop program ends together with its pages: none is ever without its host. Its pages are those of the office
    // host to the byte: all are looked at for accessibility in Chromium, in Electron those before the log-in, which its
    // window shows in its own way, and those of the navigation.
    { name: 'electron', use: { host: 'electron' }, testIgnore: 'connection.spec.ts', grepInvert: new RegExp(ONE_HOST) },
  ],
})
