/**
 * Several records in one cell: a line each, their fields between bars, empty ones at the end left out. A bar, a
 * backslash or a line break inside a field is written `\|`, `\\`, `\n`, so that reading gives back what was written.
 */
export function encodeLines(records: readonly (readonly string[])[]): string {
  const escape = (field: string) => field.replace(/[\\|]/g, '\\$&').replaceAll('\n', '\\n')
  return records
    .map((fields) =>
      fields
        .map(escape)
        .join('|')
        .replace(/(?<!\\)\|+$/, ''),
    )
    .join('\n')
}

/** The records of a cell, as `encodeLines` or a person wrote them; lines without anything are passed over. */
export function decodeLines(cell: string): string[][] {
  return cell
    .split(/\r\n|\r|\n/)
    .filter((line) => line.trim() !== '')
    .map(decodeLine)
}

function decodeLine(line: string): string[] {
  const fields = ['']
  for (let i = 0; i < line.length; i += 1) {
    const sign = line.charAt(i)
    const next = line.charAt(i + 1)
    if (sign === '|') fields.push('')
    else {
      const escaped = sign === '\\' && (next === '\\' || next === '|' || next === 'n')
      fields[fields.length - 1] += escaped ? (next === 'n' ? '\n' : next) : sign
      if (escaped) i += 1
    }
  }
  return fields
}
