import { parentPort } from 'node:worker_threads'

/** A thread that dies in the way its task's name says. */
parentPort?.on('message', (task: { id: number; input: { name: string } }) => {
  const { name } = task.input
  if (name === 'throw') throw new Error('on purpose')
  if (name === 'exit') process.exit(3)
  if (name === 'memory') {
    const kept: unknown[] = []
    // Arrays of fractions hold no pointers: the limit is reached at once, without minutes of garbage collection.
    for (;;) kept.push(Array.from({ length: 500_000 }, () => 0.5))
  }
  parentPort?.postMessage({ id: task.id, ok: true, output: name })
  if (name === 'later') setTimeout(() => process.exit(1), 50)
})
