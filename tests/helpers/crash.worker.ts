import { parentPort } from 'node:worker_threads'

/** A thread that dies in the way its task's name says. */
parentPort?.on('message', (task: { id: number; input: { name: string } }) => {
  const { name } = task.input
  if (name === 'throw') throw new Error('on purpose')
  if (name === 'exit') process.exit(3)
  if (name === 'memory') {
    const kept: unknown[] = []
    // In small pieces: one huge allocation at the limit would end the whole process instead of the thread.
    for (;;) kept.push(new Array(1000).fill(kept.length))
  }
  parentPort?.postMessage({ id: task.id, ok: true, output: name })
  if (name === 'later') setTimeout(() => process.exit(1), 50)
})
