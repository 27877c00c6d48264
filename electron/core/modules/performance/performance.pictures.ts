import type { DrawnPicture, Picture } from '#shared/modules/performance/performance.charts.ts'
import type { CoreDeps } from '#core/kernel/deps.ts'

/** Draws pictures in one go; none costs nothing. */
export async function drawPictures(
  { workers }: Pick<CoreDeps, 'workers'>,
  pictures: readonly Picture[],
  signal: AbortSignal,
): Promise<DrawnPicture[]> {
  if (pictures.length === 0) return []
  const drawn = await workers.run('charts', { charts: pictures.map((one) => one.chart) }, { signal })
  return pictures.map((one, i) => ({ ...one, png: Buffer.from(drawn[i] as Uint8Array).toString('base64') }))
}
