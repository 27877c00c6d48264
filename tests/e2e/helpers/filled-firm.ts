import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect } from './fixtures.ts'
import type { RunningApp } from './running-app.ts'
import { ADMINISTRATOR, FirstRunPage } from '../pages/first-run.page.ts'
import { ShellPage } from '../pages/shell.page.ts'

/**
 * Sets an empty firm up, lets a tool of `tests/tools` fill it while the program is closed, and starts the program again,
 * with nobody logged in; gives what the tool printed. The tool is a process of its own, because the driver of the data
 * file does not load where journeys run.
 */
export async function startFilled(app: RunningApp, tool: string, ...more: readonly string[]): Promise<string> {
  await new FirstRunPage(app.page).complete({ content: 'empty' })
  await expect(new ShellPage(app.page).trail).toBeVisible({ timeout: 30_000 })
  return fillClosed(app, tool, ...more)
}

/** Stops the program, lets a tool work on its data, and starts it again; gives what the tool printed. */
export async function fillClosed(app: RunningApp, tool: string, ...more: readonly string[]): Promise<string> {
  await app.stop()
  const script = fileURLToPath(new URL(`../../tools/${tool}`, import.meta.url))
  const { login, password } = ADMINISTRATOR
  const printed = execFileSync(process.execPath, [script, app.dataDir, login, password, ...more])
  await app.start()
  return String(printed)
}
