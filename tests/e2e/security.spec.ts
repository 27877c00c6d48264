import { expect, test } from './helpers/fixtures.ts'

test('a page has no Node and cannot run what was put into it', async ({ app }) => {
  const { page } = app
  expect(
    await page.evaluate(() => [typeof require, typeof process, typeof module, typeof Buffer, typeof global]),
  ).toEqual(['undefined', 'undefined', 'undefined', 'undefined', 'undefined'])

  await page.evaluate(() => {
    const script = document.createElement('script')
    script.textContent = 'window.injected = "script"'
    document.body.append(script)
    const holder = document.createElement('div')
    holder.innerHTML = '<img src="/nothing.png" onerror="window.injected = \'onerror\'">'
    document.body.append(holder)
    const evaluated = setTimeout as (code: string) => number
    evaluated('window.injected = "evaluated"')
    const frame = document.createElement('iframe')
    frame.src = 'https://example.com/'
    document.body.append(frame)
    // As markup: only what the program's own code makes carries the nonce.
    document.body.insertAdjacentHTML('beforeend', '<style>body { --injected: 1 }</style>')
  })
  await page.waitForTimeout(300)
  expect(await page.evaluate(() => Reflect.get(window, 'injected'))).toBeUndefined()
  expect(await page.evaluate(() => getComputedStyle(document.body).getPropertyValue('--injected'))).toBe('')
  expect(app.problems.filter((problem) => problem.startsWith('blocked:')).length).toBeGreaterThanOrEqual(4)
  app.problems.length = 0
})

test('a page reaches nobody else', async ({ app }) => {
  const { page } = app
  const outcomes = await page.evaluate(async () => {
    const asked = await Promise.allSettled([fetch('https://example.com/'), fetch('http://127.0.0.1:9/')])
    const beacon = navigator.sendBeacon('https://example.com/', 'x')
    const opened = window.open('https://example.com/')
    return { asked: asked.map(({ status }) => status), beacon, opened: opened !== null && !opened.closed }
  })
  expect(outcomes.asked).toEqual(['rejected', 'rejected'])
  expect(
    app.problems.filter((problem) => /^(request|socket):/.test(problem) && !problem.includes('example.com')),
  ).toEqual([])
  app.problems.length = 0
})

test('ends within three seconds', async ({ app }) => {
  const started = performance.now()
  await app.stop()
  expect(performance.now() - started).toBeLessThan(4000)
})
