/** A statement takes some thirty thousand parameters and not one more. */
const AT_ONCE = 5000

/**
 * The rows of a query over any number of ids, each id once, asked for in pieces. Rows come in the query's own order
 * only within a piece.
 */
export async function inPieces<R>(
  ids: readonly string[],
  query: (piece: readonly string[]) => Promise<readonly R[]>,
): Promise<R[]> {
  const distinct = [...new Set(ids)]
  const rows: R[] = []
  for (let at = 0; at < distinct.length; at += AT_ONCE) {
    for (const row of await query(distinct.slice(at, at + AT_ONCE))) rows.push(row)
  }
  return rows
}
