const BAR = 30

/** One line that fills up; where nobody looks, only its end is written. */
export function bar(label: string, done: number, total: number): void {
  const filled = total === 0 ? BAR : Math.round((done / total) * BAR)
  const line = `[${'#'.repeat(filled)}${'.'.repeat(BAR - filled)}] ${label} ${done}/${total}`
  if (process.stdout.isTTY) process.stdout.write(`\r${line.padEnd(72)}${done === total ? '\n' : ''}`)
  else if (done === total) process.stdout.write(`${line}\n`)
}

export function say(text: string): void {
  process.stdout.write(`${text}\n`)
}
