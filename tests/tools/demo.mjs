// `npm run demo -- --out DIR`: the sample firm through the real services, and the documents it prints. Needs no screen.
import { resolve } from 'node:path'
import { demoArguments, USAGE } from './demo-arguments.ts'

const asked = demoArguments(process.argv.slice(2))
if (asked.run === 'help') process.stdout.write(USAGE)
else if (asked.run === 'demo') {
  const { runDemo } = await import('./demo.ts')
  await runDemo(resolve(asked.out), asked.size)
} else {
  process.stderr.write(`${asked.problem}\n\n${USAGE}`)
  process.exitCode = 2
}
