import { writeFileSync } from 'node:fs'

/** Vitest reporter: counts, and the reason of every skip, into the file named by COUNTS_FILE. */
export default class Counts {
  onTestRunEnd(modules, unhandledErrors) {
    const counts = { passed: 0, failed: 0, skipped: [], failures: [] }
    for (const module of modules) {
      if (module.errors().length > 0 || (module.state() === 'failed' && module.children.size === 0)) {
        counts.failed += 1
        counts.failures.push(`${module.relativeModuleId ?? module.moduleId}: could not be loaded`)
      }
      for (const test of module.children.allTests()) {
        const result = test.result()
        if (result.state === 'passed') counts.passed += 1
        else if (result.state === 'failed') {
          counts.failed += 1
          counts.failures.push(`${module.relativeModuleId ?? module.moduleId}: ${test.fullName}`)
        } else counts.skipped.push({ name: test.fullName, reason: result.note ?? '' })
      }
    }
    for (const error of unhandledErrors) {
      counts.failed += 1
      counts.failures.push(`unhandled: ${error.message ?? String(error)}`)
    }
    writeFileSync(process.env.COUNTS_FILE, JSON.stringify(counts))
  }
}
