import { writeFileSync } from 'node:fs'

/** Playwright reporter: counts, and the reason of every skip, into the file named by COUNTS_FILE. */
export default class Counts {
  #suite = null
  #errors = []

  onBegin(_config, suite) {
    this.#suite = suite
  }

  onError(error) {
    this.#errors.push(`playwright: ${error.message ?? error.value ?? 'error'}`)
  }

  onEnd() {
    const counts = { passed: 0, failed: this.#errors.length, skipped: [], failures: this.#errors }
    for (const test of this.#suite?.allTests() ?? []) {
      const name = test.titlePath().filter(Boolean).join(' › ')
      const outcome = test.outcome()
      if (outcome === 'expected' || outcome === 'flaky') counts.passed += 1
      else if (outcome === 'skipped') {
        const reason = test.annotations.find((a) => a.type === 'skip' || a.type === 'fixme')?.description ?? ''
        counts.skipped.push({ name, reason })
      } else {
        counts.failed += 1
        counts.failures.push(name)
      }
    }
    writeFileSync(process.env.COUNTS_FILE, JSON.stringify(counts))
  }

  printsToStdio() {
    return false
  }
}
