/** The value below which this share (0 to 1) of the samples lies. */
export function percentile(samples: readonly number[], share: number): number {
  const sorted = [...samples].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? 0
}

export const median = (samples: readonly number[]): number => percentile(samples, 0.5)

/** How long each of so many calls takes, ms; the first ones only warm up. */
export async function timed(count: number, warm: number, work: () => unknown): Promise<number[]> {
  const samples: number[] = []
  for (let i = 0; i < warm + count; i += 1) {
    const at = performance.now()
    await work()
    if (i >= warm) samples.push(performance.now() - at)
  }
  return samples
}

/**
 * Times two ways of doing the same by turns, so that what else the machine does falls on both alike.
 */
export async function timedByTurns(
  count: number,
  warm: number,
  bare: () => unknown,
  whole: () => unknown,
): Promise<{ bare: number[]; whole: number[] }> {
  const samples = { bare: [] as number[], whole: [] as number[] }
  for (let i = 0; i < warm + count; i += 1) {
    const [a] = await timed(1, 0, bare)
    const [b] = await timed(1, 0, whole)
    if (i < warm) continue
    samples.bare.push(a ?? 0)
    samples.whole.push(b ?? 0)
  }
  return samples
}
